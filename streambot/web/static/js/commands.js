// Commands to the desk: each gets one answer, also when the link breaks in between.
import { signal } from "../vendor/ui.js";
import { onAnswer, onOpen, send } from "./feed.js";
import { t, told } from "./i18n.js";
import { keep } from "./store.js";

const PATIENCE = 20_000;

/** Why the last action on a ticket was refused: {ticket id: {zh, en}}. */
export const refusals = signal({});

const pending = new Map();

export function newRef() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

onAnswer((frame) => {
  const waiting = pending.get(frame.ref);
  if (!waiting) return;
  pending.delete(frame.ref);
  clearTimeout(waiting.timer);
  if (frame.type === "done" && frame.ticket) keep(frame.ticket);
  waiting.resolve(frame);
});

// The same ref acts once, so what may have been lost with the link is simply said again.
onOpen(() => {
  for (const { frame } of pending.values()) send(frame);
});

function sentence(key) {
  return { type: "refused", code: "offline", key };
}

function ask(fields) {
  return say({ type: "do", ref: newRef(), ...fields });
}

function say(frame) {
  if (!send(frame)) return Promise.resolve(sentence("refused.offline"));
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      pending.delete(frame.ref);
      resolve(sentence("refused.unsure"));
    }, PATIENCE);
    pending.set(frame.ref, { frame, resolve, timer });
  });
}

export function forget(ticket) {
  const { [ticket]: _, ...rest } = refusals.value;
  refusals.value = rest;
}

export function refusal(ticket) {
  const found = refusals.value[ticket];
  return found && (found.key ? t(found.key) : told(found));
}

/** Do it; the ticket when it was done, null when it was refused (and shown beside the ticket). */
export async function act(action, ticket, fields = {}) {
  forget(ticket.id);
  const answer = await ask({ action, ticket: ticket.id, version: ticket.version, ...fields });
  if (answer.type === "done") return answer.ticket;
  refusals.value = { ...refusals.value, [ticket.id]: answer };
  return null;
}

/** Be ready, or on a break; the answer's frame. */
export function be(state) {
  return say({ type: "be", v: 1, ref: newRef(), state });
}

/** What the guard said of the words that were refused last. */
export function remarksOf(ticket) {
  return refusals.value[ticket]?.remarks ?? [];
}

/** What the guard would say of an answer to be; nothing where the link is down. */
export async function check(room, text, visibility) {
  const answer = await ask({ action: "check", room, text, visibility });
  return answer.type === "checked" ? answer.remarks : [];
}

/** Take a line straight from a room; the answer's frame. */
export function pick(room, line) {
  return ask({ action: "pick", room, line });
}
