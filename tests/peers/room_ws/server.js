// A room of streambot.room.v1 on npm's ws, written from docs/asyncapi/room-v1.yaml alone.
// stdin tells it what happens, a JSON line each; it tells on stdout what the bot does.
import { createInterface } from "node:readline";
import { WebSocketServer } from "ws";

const [name, token] = process.argv.slice(2);
const events = []; // frames, oldest first
const shown = new Map(); // out_id -> the word on it
let bot = null;
let tongueTied = 0; // lines to be shown without a word on them: the link dies first

const report = (fact) => process.stdout.write(JSON.stringify(fact) + "\n");
const now = () => new Date().toISOString();

function tell(socket, frame) {
  report({ told: frame });
  socket.send(JSON.stringify(frame));
}

function refuse(socket, code, closing) {
  tell(socket, { type: "error", code, message: `no: ${code}` });
  socket.close(closing);
}

function join(socket, hello) {
  if (hello.type !== "hello" || hello.v !== 1) return refuse(socket, "bad_frame", 1008);
  if (hello.room !== name) return refuse(socket, "no_such_room", 4004);
  if (hello.token !== token) return refuse(socket, "bad_token", 4001);
  if (bot) refuse(bot, "replaced", 4009);
  bot = socket;
  const limits = { lines: 50, per_seconds: 1, line_length: 100 };
  const capabilities = ["room_chat", "enter"];
  const about = { room: name, platform: "npm", broadcast: "b-1", capabilities, limits };
  tell(socket, { type: "welcome", v: 1, ...about, now: now() });
  const last = events.findIndex((event) => event.id === hello.after);
  if (hello.after !== null && last < 0) {
    tell(socket, { type: "gap", after: hello.after, before: events[0]?.id ?? null });
  }
  // The last one known is told once more, as platforms do; a first visit has no history.
  if (hello.after !== null) for (const event of events.slice(Math.max(last, 0))) tell(socket, event);
  tell(socket, { type: "ping", n: events.length });
}

function write(socket, line) {
  if (!shown.has(line.out_id)) {
    shown.set(line.out_id, { type: "sent", out_id: line.out_id, id: `s-${shown.size + 1}`, at: now() });
    report({ said: line.text });
  }
  if (tongueTied > 0 && tongueTied--) return socket.terminate();
  tell(socket, shown.get(line.out_id));
}

function hear(socket, frame) {
  report({ heard: frame });
  if (socket !== bot) return join(socket, frame);
  if (frame.type === "send") write(socket, frame);
  else if (frame.type === "ping") tell(socket, { type: "pong", n: frame.n });
  else if (frame.type === "hello") refuse(socket, "bad_frame", 1008);
}

const told = {
  emit(event) {
    const frame = { type: "event", id: `e-${events.length + 1}`, at: now(), origin: "live", ...event };
    events.push(frame);
    if (bot) tell(bot, frame);
  },
  cut: () => bot?.terminate(), // no close frame: the network died
  cut_next: () => (tongueTied += 1),
};

const handleProtocols = (offered) => offered.has("streambot.room.v1") && "streambot.room.v1";
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols });
server.on("listening", () => report({ port: server.address().port }));
server.on("connection", (socket) => {
  socket.on("message", (data) => hear(socket, JSON.parse(data)));
  socket.on("close", () => socket === bot && (bot = null));
});
createInterface({ input: process.stdin })
  .on("line", (line) => Object.entries(JSON.parse(line)).forEach(([what, how]) => told[what](how)))
  .on("close", () => process.exit());
