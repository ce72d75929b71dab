// What a ticket's viewer wrote and heard and what people did: read again whenever it changes.
import { effect, signal } from "../vendor/ui.js";
import { selected, ticket } from "./sections.js";

const OPEN = new Set(["queued", "sending", "shown"]);
const AGAIN = 2000;
/** Journal entries that the lines and answers show already. */
const SHOWN_ELSEWHERE = new Set(["viewer_line", "answer", "accepted", "behind", "failed", "late", "merged"]);

/** Journal entries that are words to colleagues. */
const WRITTEN = new Set(["note", "whisper"]);

/** {ticket, items: [...], failed}: items by time, oldest first; null while nothing is read. */
export const history = signal(null);

let timer = 0;
let asked = 0;

function items(read, opening) {
  const lines = read.lines.map((line) => ({ ...line, as: "viewer" }));
  if (!lines.some((line) => line.id === opening.lines[0].id)) {
    lines.push({ id: opening.lines[0].id, at: opening.queued_at, text: opening.text, as: "viewer" });
  }
  const replies = read.replies.map((reply, at) => ({ ...reply, id: `reply-${at}`, as: reply.kind === "agent" ? "agent" : "assistant" }));
  const journal = read.journal
    .filter((change) => !SHOWN_ELSEWHERE.has(change.event))
    .map((change, at) => ({ ...change, id: `journal-${at}`, as: WRITTEN.has(change.event) ? change.event : "event" }));
  // What happened at the same instant is told in this order: a line, what it led to, what was said.
  return [...lines, ...journal, ...replies].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

async function load(of) {
  clearTimeout(timer);
  const mine = ++asked;
  let read = null;
  try {
    const answer = await fetch(`/api/tickets/${encodeURIComponent(of.id)}/history`);
    if (answer.ok) read = await answer.json();
  } catch {
    // Told below; the feed's banner says the rest.
  }
  if (mine !== asked) return;
  if (read) history.value = { ticket: of.id, items: items(read, of), failed: false };
  else history.value = { ticket: of.id, items: history.value?.items ?? [], failed: true };
  // An answer of the assistant settles without a change of the ticket.
  if (!read || read.replies.some((reply) => OPEN.has(reply.state))) timer = setTimeout(again, AGAIN);
}

function again() {
  const of = ticket.value;
  if (!of || of.id !== selected.value) return;
  if (document.hidden) timer = setTimeout(again, AGAIN);
  else load(of);
}

effect(() => {
  const of = ticket.value; // changes with every version of it
  if (!of) {
    asked += 1;
    history.value = null;
    return;
  }
  if (history.peek()?.ticket !== of.id) history.value = null;
  load(of);
});
