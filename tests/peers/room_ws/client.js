// A bot of streambot.room.v1 on npm's ws, written from docs/asyncapi/room-v1.yaml alone.
// It answers every viewer, writes each line twice, comes back when cut off, and reports on stdout.
import { createInterface } from "node:readline";
import WebSocket from "ws";

const [url, room, token] = process.argv.slice(2);
const FINAL = [4001, 4004, 4009];
let after = null; // id of the last event seen
const seen = new Set();

const report = (fact) => process.stdout.write(JSON.stringify(fact) + "\n");

function tell(socket, frame) {
  report({ told: frame });
  socket.send(JSON.stringify(frame));
}

function hear(socket, frame) {
  report({ heard: frame });
  if (frame.type === "ping") tell(socket, { type: "pong", n: frame.n });
  if (frame.type === "welcome") tell(socket, { type: "ping", n: 7 });
  if (frame.type !== "event") return;
  after = frame.id;
  if (frame.kind !== "spoke" || seen.has(frame.id)) return;
  seen.add(frame.id);
  const line = { type: "send", out_id: `o-${frame.id}`, text: `@${frame.viewer.name} 在的` };
  for (let i = 0; i < 2; i++) tell(socket, { ...line, visibility: "public", reply_to: frame.id });
}

function connect() {
  const socket = new WebSocket(url, "streambot.room.v1");
  socket.on("open", () => tell(socket, { type: "hello", v: 1, room, token, after }));
  socket.on("message", (data) => hear(socket, JSON.parse(data)));
  socket.on("error", (error) => report({ error: error.message }));
  socket.on("close", (code) => {
    report({ closed: code });
    if (!FINAL.includes(code)) connect();
  });
}

createInterface({ input: process.stdin }).on("close", () => process.exit());
connect();
