// The feed's socket: opens, resumes where it stood, backs off, and notices what got lost.
import { signal } from "../vendor/ui.js";
import { ask, watches } from "./page.js";
import { fold, lastSeq } from "./store.js";

const PROTOCOL = "streambot.desk.v1";
const LOGGED_OUT = 4001;
const TOO_SLOW = 4008;
const SILENT_AFTER = 20_000; // beats come every 5 s
const SHORTEST_WAIT = 300;
const LONGEST_WAIT = 15_000;

export const link = signal("connecting"); // connecting | live | down

let socket = null;
let tries = 0;
let attempts = 0;
let heard = 0;
let timer = 0;
const answers = new Set();
const opened = new Set();

export function onAnswer(listener) {
  answers.add(listener);
}

export function onOpen(listener) {
  opened.add(listener);
}

/** Send a frame; false when there is no link. */
export function send(frame) {
  if (!socket || socket.readyState !== WebSocket.OPEN || link.value !== "live") return false;
  socket.send(JSON.stringify(frame));
  return true;
}

export async function connect() {
  clearTimeout(timer);
  const attempt = (attempts += 1);
  // A ticket opens one socket, once; without one the socket says itself why it is refused.
  const answer = await ask("/api/feed-ticket", {});
  if (attempt !== attempts) return;
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const protocols = answer.ok ? [PROTOCOL, `streambot.ticket.${answer.value.ticket}`] : [PROTOCOL];
  const mine = new WebSocket(`${scheme}//${location.host}/api/feed`, protocols);
  socket = mine;
  mine.onopen = () => {
    heard = performance.now();
    mine.send(JSON.stringify({ type: "hello", v: 1, last_seq: lastSeq(), watch: watches }));
    tries = 0;
    link.value = "live";
    for (const listener of opened) listener();
  };
  mine.onmessage = (message) => {
    if (mine === socket) take(JSON.parse(message.data));
  };
  mine.onclose = (event) => {
    if (mine === socket) lost(event.code);
  };
}

function take(frame) {
  heard = performance.now();
  if (["done", "refused", "checked"].includes(frame.type)) {
    for (const listener of answers) listener(frame);
  } else if (!fold(frame)) {
    resync();
  } else if (frame.type === "beat" && frame.head_seq > lastSeq()) {
    // Entries may still be behind the beat on this very link; what doesn't come soon got lost.
    setTimeout(() => {
      if (lastSeq() < frame.head_seq) resync();
    }, 2000);
  }
}

/** Leave this link and come back asking for everything behind what is known. */
function resync() {
  if (socket) socket.close();
  lost(TOO_SLOW);
}

function lost(code) {
  socket = null;
  link.value = "down";
  if (code === LOGGED_OUT) {
    location.assign("/login");
    return;
  }
  tries += 1;
  const longest = Math.min(LONGEST_WAIT, 500 * 2 ** Math.min(tries, 6));
  clearTimeout(timer);
  timer = setTimeout(again, code === TOO_SLOW ? 50 : SHORTEST_WAIT + Math.random() * longest);
}

async function again() {
  if (tries > 1) {
    // A handshake that fails doesn't say why; a page that leads to the login does.
    const page = await fetch("/", { redirect: "manual" }).catch(() => null);
    if (page && page.type === "opaqueredirect") {
      location.assign("/login");
      return;
    }
  }
  connect();
}

setInterval(() => {
  if (socket && link.value === "live" && performance.now() - heard > SILENT_AFTER) resync();
}, 2500);

addEventListener("online", () => {
  if (link.value === "down") connect();
});
