// A follower of one room on bilibili-live-ws: it is given a socket and what to say first, and
// reports on stdout what it hears.
import { createInterface } from "node:readline";
import live from "bilibili-live-ws";

const [address, auth] = process.argv.slice(2);
const report = (fact) => process.stdout.write(JSON.stringify(fact) + "\n");

const room = new live.LiveWS(100, { address, authBody: JSON.parse(auth) });
room.on("open", () => report({ open: true }));
room.on("live", () => report({ live: true }));
room.on("heartbeat", (online) => report({ heartbeat: online }));
room.on("msg", (message) => report({ heard: message.cmd.replace("LIVE_OPEN_PLATFORM_", ""), data: message.data }));
room.on("close", () => report({ closed: true }));
room.on("error", (error) => report({ error: String(error) }));
createInterface({ input: process.stdin }).on("close", () => process.exit());
