// A local bridge on npm's ws, the library that oba-live-tool serves with: it broadcasts to whoever is
// connected, knows no history and hears nothing. stdin tells it what to say, a JSON line each.
import { createInterface } from "node:readline";
import { WebSocketServer } from "ws";

const port = Number(process.argv[2] ?? 0);
let server = null;
let mute = false; // half-open: pings go unanswered, nothing is closed

const report = (fact) => process.stdout.write(JSON.stringify(fact) + "\n");

function start(at) {
  server = new WebSocketServer({ host: "127.0.0.1", port: at, autoPong: false });
  server.on("listening", () => report({ port: server.address().port }));
  server.on("connection", (socket) => {
    report({ joined: server.clients.size });
    socket.on("ping", (data) => mute || socket.pong(data));
    socket.on("message", (data) => report({ heard: String(data) }));
    socket.on("close", (code) => report({ left: code }));
  });
}

const told = {
  say(frames) {
    for (const frame of frames) {
      const text = typeof frame === "string" ? frame : JSON.stringify(frame);
      for (const client of server.clients) client.send(text);
    }
  },
  mute: (silent) => (mute = silent),
  // As oba's own stop and start: clients are left to find out.
  restart() {
    const { port: same } = server.address();
    for (const client of server.clients) client.terminate();
    server.close(() => start(same));
  },
};

start(port);
createInterface({ input: process.stdin })
  .on("line", (line) => Object.entries(JSON.parse(line)).forEach(([what, how]) => told[what](how)))
  .on("close", () => process.exit());
