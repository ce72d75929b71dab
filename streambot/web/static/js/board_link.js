// The board's socket: shows what the room says, and tells what the host presses exactly once.
import { batch, computed, signal } from "../vendor/ui.js";
import { setServerTime } from "./time.js";

const PROTOCOL = "streambot.board.v1";
const ENDED = 4001;
const STALE_AFTER = 6_000; // something comes every 2 s
const LONGEST_WAIT = 10_000;
const MOST_KEPT = 200;
const PRODUCT_LASTS = 60_000; // a product chosen long ago is not what is shown now

const root = document.querySelector("#app");
export const room = root.dataset.room;
const token = decodeURIComponent(location.hash.slice(1));
const STORE = `streambot.board.${room}`;

export const link = signal(token ? "connecting" : "refused"); // connecting | live | stale | refused
export const heardAt = signal(null); // when the last frame came, by this machine's clock
export const about = signal(null);
export const questions = signal(null);
export const arrivals = signal(null);
export const orders = signal(null);
export const tickets = signal(null);
export const refusal = signal(null);
/** Keys pressed and not yet answered for; kept over a reload. */
export const pressed = signal(kept());

const PARTS = { about, questions, arrivals, orders, tickets };
let waiting = {}; // parts that came while nobody looked
let socket = null;
let tries = 0;
let heard = 0;
let timer = 0;

/** Open questions as the host sees them: what was just dealt with is gone at once. */
export const open = computed(() => {
  const marks = new Map(pressed.value.filter((each) => each.question).map((each) => [each.question, each.act]));
  const items = (questions.value?.items ?? []).filter((each) => !["answered", "skip"].includes(marks.get(each.id)));
  return items.map((each) => (marks.has(each.id) ? { ...each, pinned: marks.get(each.id) === "pin" } : each));
});

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(found) ? found.slice(-MOST_KEPT) : [];
  } catch {
    return [];
  }
}

function keep(list) {
  pressed.value = list.slice(-MOST_KEPT);
  try {
    localStorage.setItem(STORE, JSON.stringify(pressed.value));
  } catch { /* full or forbidden: kept until the page goes */ }
}

function newRef() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The host pressed a key: remembered first, told as soon as there is a link. */
export function press(what) {
  const made = { ref: newRef(), at: Date.now(), ...what };
  refusal.value = null;
  keep([...pressed.value, made]);
  tell(made);
}

function tell(made) {
  if (!socket || socket.readyState !== WebSocket.OPEN) return;
  const ago = Math.max(0, Date.now() - made.at) / 1000;
  const frame = "product" in made
    ? { type: "show", ref: made.ref, product: made.product }
    : { type: "mark", ref: made.ref, act: made.act, question: made.question, ago };
  socket.send(JSON.stringify(frame));
}

function tellAll() {
  keep(pressed.value.filter((each) => !("product" in each) || Date.now() - each.at < PRODUCT_LASTS));
  pressed.value.forEach(tell);
}

export function connect() {
  clearTimeout(timer);
  if (!token) return;
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const mine = new WebSocket(
    `${scheme}//${location.host}/api/board/${encodeURIComponent(room)}/feed`,
    [PROTOCOL, `streambot.token.${token}`],
  );
  socket = mine;
  mine.onopen = () => {
    heard = performance.now();
    mine.send(JSON.stringify({ type: "hello", v: 1 }));
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
  if (link.value !== "live") {
    tries = 0;
    link.value = "live";
    tellAll();
  }
  if (frame.now) {
    setServerTime(frame.now);
    heardAt.value = Date.now();
  }
  if (frame.type === "board") show(frame);
  else if (frame.type === "done") settle(frame.ref);
  else if (frame.type === "refused") refused(frame);
}

function show(frame) {
  for (const name of Object.keys(PARTS)) {
    if (name in frame) waiting[name] = frame[name];
  }
  if (!document.hidden) publish();
}

function publish() {
  const fresh = waiting;
  waiting = {};
  batch(() => {
    for (const [name, part] of Object.entries(fresh)) PARTS[name].value = part;
  });
}

function settle(ref) {
  keep(pressed.value.filter((each) => each.ref !== ref));
}

function refused(frame) {
  if (frame.code === "store_down") {
    setTimeout(tellAll, 3000); // kept, and told again
    return;
  }
  settle(frame.ref);
  refusal.value = frame;
}

function lost(code) {
  socket = null;
  if (code === ENDED) {
    link.value = "refused";
    return;
  }
  link.value = heardAt.value === null ? "connecting" : "stale";
  tries += 1;
  const longest = Math.min(LONGEST_WAIT, 400 * 2 ** Math.min(tries, 6));
  clearTimeout(timer);
  timer = setTimeout(again, 200 + Math.random() * longest);
}

async function again() {
  if (tries > 2 && (await isRefused())) {
    link.value = "refused";
    return;
  }
  connect();
}

/** A handshake that fails doesn't say why; the same address asked plainly does. */
async function isRefused() {
  const path = `/api/board/${encodeURIComponent(room)}/feed`;
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${token}` } }).catch(() => null);
  return answer?.status === 401;
}

setInterval(() => {
  if (!socket || performance.now() - heard < STALE_AFTER || link.value !== "live") return;
  socket.close();
  lost(0);
}, 1000);
addEventListener("online", () => {
  if (link.value === "stale") connect();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) publish();
});
