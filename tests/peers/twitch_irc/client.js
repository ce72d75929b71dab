// A chat bot on tmi.js, told on stdin what to say; it reports what it hears on stdout.
import { createInterface } from "node:readline";
import tmi from "tmi.js";

const [port, username, password] = process.argv.slice(2);
const report = (fact) => process.stdout.write(JSON.stringify(fact) + "\n");
const quiet = { setLevel() {}, info() {}, warn: (why) => report({ warned: why }), error() {} };

const client = new tmi.Client({
  options: { skipUpdatingEmotesets: true },
  logger: quiet,
  connection: { server: "127.0.0.1", port: Number(port), secure: false, reconnectInterval: 200 },
  identity: { username, password },
  channels: ["#shop"],
});
client.on("connected", () => report({ connected: true }));
client.on("disconnected", (why) => report({ disconnected: why }));
client.on("join", (channel, login, self) => report({ joined: login, self }));
client.on("part", (channel, login) => report({ left: login }));
client.on("roomstate", (channel, state) => report({ room: state["room-id"] }));
client.on("notice", (channel, name) => report({ notice: name }));
client.on("timeout", (channel, login) => report({ timeout: login }));
client.on("messagedeleted", (channel, login, text, tags) =>
  report({ deleted: tags["target-msg-id"], login }));
client.on("message", (channel, tags, text, self) => {
  if (self) return;
  report({
    heard: text, channel, id: tags.id, user: tags["user-id"], login: tags.username,
    name: tags["display-name"], first: tags["first-msg"], sent: tags["tmi-sent-ts"],
    room: tags["room-id"], badges: tags.badges, mod: tags.mod,
  });
});
createInterface({ input: process.stdin })
  .on("line", (line) => client.say("#shop", JSON.parse(line).say).catch((why) => report({ failed: why })))
  .on("close", () => process.exit());
client.connect().catch((why) => report({ refused: why }));
