// The queue's order: one's own before everybody's, least time left first, same questions on one card.
import { computed, signal } from "../vendor/ui.js";
import { promise } from "./badges.js";
import { me } from "./page.js";
import { desk, tickets } from "./store.js";

export const MOST_ROWS = 300;

/** What is looked at: a ticket's id, and on narrow screens which pane. */
export const selected = signal(null);
export const pane = signal("queue"); // queue | ticket | rooms

const dueAt = (ticket) => promise(ticket)?.at ?? Infinity;
const byWait = (a, b) => (a.waiting_since < b.waiting_since ? -1 : a.waiting_since > b.waiting_since ? 1 : a.no - b.no);
/** Slack to the deadline orders as the deadlines do, so the order holds while the clock runs. */
function bySlack(a, b) {
  const [one, other] = [dueAt(a), dueAt(b)];
  return one < other ? -1 : one > other ? 1 : byWait(a, b);
}
const byEnd = (a, b) => ((a.resolved_at ?? "") < (b.resolved_at ?? "") ? 1 : -1);

function sectionOf(ticket) {
  if (ticket.state === "queued") return "waiting";
  if (ticket.state === "resolved") return "ended";
  if (ticket.state === "offered") return ticket.offered_to === me ? "offered" : "others";
  if (ticket.owner !== me) return "others";
  if (ticket.state === "paused") return "paused";
  return ticket.state === "active" ? "mine" : "viewer";
}

/** Tickets of one card as one row; the one that waits longest stands for all. */
function cards(list) {
  const rows = new Map();
  for (const ticket of list) {
    const row = rows.get(ticket.card);
    if (row) row.askers.push(ticket);
    else rows.set(ticket.card, { id: ticket.id, ticket, askers: [ticket] });
  }
  return [...rows.values()];
}

export const sections = computed(() => {
  desk.value;
  const found = { offered: [], mine: [], viewer: [], paused: [], waiting: [], others: [], ended: [] };
  for (const ticket of tickets.values()) found[sectionOf(ticket)].push(ticket);
  for (const [name, list] of Object.entries(found)) if (name !== "ended") list.sort(bySlack);
  found.ended.sort(byEnd);
  return Object.entries(found).map(([name, list]) => {
    const rows = cards(list);
    return { name, count: list.length, rows: rows.slice(0, MOST_ROWS), more: Math.max(0, rows.length - MOST_ROWS) };
  });
});

export const counts = computed(() => Object.fromEntries(sections.value.map((each) => [each.name, each.count])));

/** All that one has in hand, whoever's turn it is. */
export const held = computed(() => counts.value.mine + counts.value.viewer + counts.value.paused);

export const ticket = computed(() => {
  desk.value;
  return tickets.get(selected.value) ?? null;
});

/** Everybody who asks what this ticket asks, as they are listed. */
export function askers(of) {
  const row = sections.value.flatMap((each) => each.rows).find((each) => each.askers.some((one) => one.id === of.id));
  return row ? row.askers : [of];
}

export function select(id, show = true) {
  selected.value = id;
  if (show && id) pane.value = "ticket";
}

/** The next or previous row, in the order shown. */
export function step(by) {
  const rows = sections.value.flatMap((each) => each.rows);
  if (!rows.length) return;
  const at = rows.findIndex((each) => each.askers.some((one) => one.id === selected.value));
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
  select(rows[next].id, pane.value === "ticket");
}

/** What comes next: what is offered to me, my own that waits longest, else the queue's. */
export function selectNext(after) {
  const of = (name) => sections.value.find((each) => each.name === name).rows;
  const next = [...of("offered"), ...of("mine"), ...of("waiting")].find((row) => row.id !== after);
  select(next ? next.id : null);
}
