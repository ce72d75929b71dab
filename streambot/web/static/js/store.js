// What the feed told: tickets and rooms, folded from frames; pages look only when they are seen.
import { signal } from "../vendor/ui.js";
import { setServerTime } from "./time.js";

const LINES_KEPT = 50;
const GONE = new Set(["closed", "withdrawn"]);
const CALLS = new Set(["handoff", "reopen", "release", "merged", "requeue", "lease_lost", "transfer"]);

export const tickets = new Map();
export const rooms = new Map();
export const desk = signal(0); // raised when tickets changed
export const floor = signal(0); // raised when rooms changed
export const present = signal([]);
/** The desk as it stands: agents, why tickets wait, who looks at what. */
export const stage = signal({ agents: [], waiting: [], unmanned: [], looking: [] });

let seq = null;
const waiting = new Set();
const listeners = new Set();
const newsListeners = new Set();
let nextStage = null;

export function lastSeq() {
  return seq;
}

/** Hear of tickets that newly wait in the queue, also while the page is hidden. */
export function onCalls(listener) {
  listeners.add(listener);
}

/** Hear of every change of a ticket as it comes: (ticket, change, what was known before). */
export function onNews(listener) {
  newsListeners.add(listener);
}

function flush() {
  if (nextStage) stage.value = nextStage;
  nextStage = null;
  const raised = [...waiting];
  waiting.clear();
  for (const one of raised) one.value += 1;
}

function touch(one) {
  if (!waiting.size && !nextStage && !document.hidden) requestAnimationFrame(flush);
  if (one) waiting.add(one);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && (waiting.size || nextStage)) flush();
});

/** Take a frame in; false when entries are missing before it. */
export function fold(frame) {
  if (frame.type === "snapshot") foldSnapshot(frame);
  else if (frame.type === "entries") return foldEntries(frame);
  else if (frame.type === "state") foldState(frame);
  else if (frame.type === "floor") {
    touch(null);
    nextStage = frame;
  } else if (frame.type === "beat") {
    setServerTime(frame.now);
    if (frame.present.join() !== present.value.join()) present.value = frame.present;
  }
  return true;
}

function foldSnapshot(frame) {
  tickets.clear();
  for (const ticket of frame.tickets) tickets.set(ticket.id, ticket);
  seq = frame.seq;
  call([]);
}

function foldEntries(frame) {
  if (seq === null || frame.from > seq + 1) return false;
  const calls = [];
  for (const item of frame.items) {
    const { ticket, change } = item.data;
    if (!ticket || item.seq <= seq) continue;
    const before = tickets.get(ticket.id);
    keep(ticket);
    for (const listener of newsListeners) listener(ticket, change ?? {}, before);
    if (ticket.state === "queued" && change && CALLS.has(change.event)) calls.push(ticket);
  }
  seq = Math.max(seq, frame.to);
  call(calls);
  return true;
}

/** A ticket as of now; one that is older than what is known changes nothing. */
export function keep(ticket) {
  const known = tickets.get(ticket.id);
  if (known && known.version > ticket.version) return;
  if (GONE.has(ticket.state)) tickets.delete(ticket.id);
  else tickets.set(ticket.id, ticket);
  touch(desk);
}

function call(calls) {
  touch(desk);
  for (const listener of listeners) listener(calls);
}

function foldState(frame) {
  const known = rooms.get(frame.room);
  rooms.set(frame.room, { ...frame, lines: joined(known ? known.lines : [], frame.lines) });
  touch(floor);
}

function joined(old, fresh) {
  if (!fresh.length) return old;
  const byId = new Map(old.map((line) => [line.id, line]));
  for (const line of fresh) byId.set(line.id, line);
  return [...byId.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-LINES_KEPT);
}
