// Every live ticket by the promise that runs out next, and what a supervisor can do about it.
import { html, signal } from "../vendor/ui.js";
import { Moves } from "./floor_moves.js";
import { t, word } from "./i18n.js";
import { claimSeconds } from "./page.js";
import { desk, stage, tickets } from "./store.js";
import { Said } from "./text.js";
import { now, serverNow, span } from "./time.js";

const SHOWN = 10;
const MOST = 300;

const whole = signal(false);
const ENDED = new Set(["resolved", "closed", "withdrawn"]);
const WAITING = new Set(["queued", "offered"]);
/** Clocks of the desk's own: they promise nothing to the viewer. */
const INTERNAL = new Set(["unattended", "offer", "close"]);

/** The promise that runs out next: {kind, at, warn}; null where none runs. */
function next(ticket) {
  const due = ticket.due
    .filter((one) => !one.paused_at && !INTERNAL.has(one.kind))
    .map((one) => ({ kind: one.kind, at: Date.parse(one.due_at), warn: Date.parse(one.warn_at ?? one.due_at) }));
  // A broken claim ends its clock, and is what matters most all the same.
  if (WAITING.has(ticket.state) && !due.some((one) => one.kind === "claim")) {
    const at = Date.parse(ticket.waiting_since) + claimSeconds * 1000;
    due.push({ kind: "claim", at, warn: at });
  }
  return due.reduce((first, one) => (first === null || one.at < first.at ? one : first), null);
}

function rows() {
  return [...tickets.values()]
    .filter((ticket) => !ENDED.has(ticket.state))
    .map((ticket) => ({ ticket, due: next(ticket) }))
    .sort((a, b) => (a.due?.at ?? Infinity) - (b.due?.at ?? Infinity) || a.ticket.no - b.ticket.no);
}

function Left({ due }) {
  if (!due) return html`<td>—</td>`;
  const left = due.at - serverNow();
  const kind = word("clock", due.kind);
  if (left < 0) return html`<td class="late">${kind} ${t("floor.over", { time: span(-left) })}</td>`;
  return html`<td class=${serverNow() >= due.warn ? "soon" : ""}>${kind} ${span(left)}</td>`;
}

/** Why nobody is given it: how many are full, on a break and the like. */
function whyWaits(ticket) {
  const found = stage.value.waiting.find((one) => one.ticket === ticket.id);
  if (!found) return null;
  const counts = Object.entries(found.counts).filter(([, count]) => count > 0);
  const words = counts.map(([code, count]) => t(`waits.${code}`, { count })).join(" · ") || t("waits.nobody");
  return html` <small>${words}</small>${found.starved && html` <strong class="late" data-starved>${t("waits.starved")}</strong>`}`;
}

function Holder({ ticket }) {
  if (ticket.owner) return html`<td><bdi>${ticket.owner}</bdi> · ${word("state", ticket.state)}</td>`;
  if (ticket.offered_to) return html`<td>${t("queue.offered_to", { name: ticket.offered_to })}</td>`;
  return html`<td>${word("state", ticket.state)}${whyWaits(ticket)}</td>`;
}

function Row({ ticket, due }) {
  return html`<tr data-ticket=${ticket.id}>
    <th scope="row">#${ticket.no}</th><td>${ticket.room}</td><td><${Said} text=${ticket.viewer.name} /></td>
    <td>${word("reason", ticket.reason)}</td><${Holder} ticket=${ticket} /><${Left} due=${due} />
    <td><${Moves} ticket=${ticket} /></td>
  </tr>`;
}

export function Risk() {
  desk.value;
  now.value;
  const all = rows();
  const queued = all.filter((row) => !row.ticket.owner);
  const since = queued.reduce((first, row) => Math.min(first, Date.parse(row.ticket.waiting_since)), Infinity);
  return html`<section aria-labelledby="risk-title">
    <h2 id="risk-title">${t("floor.risk")}</h2>
    <p data-oldest>${queued.length ? t("floor.oldest_now", { time: span(serverNow() - since) }) : t("floor.none")}</p>
    ${all.length > 0 && html`<div class="wide" tabindex="0" role="group" aria-labelledby="risk-title"><table class="stack">
      <thead><tr>${["ticket", "room", "viewer", "reason", "holder", "left", "moves"].map((name) => html`<th key=${name} scope="col">${word("floor", name)}</th>`)}</tr></thead>
      <tbody>${all.slice(0, whole.value ? MOST : SHOWN).map((row) => html`<${Row} key=${row.ticket.id} ...${row} />`)}</tbody>
    </table></div>`}
    ${all.length > SHOWN && html`<p><button aria-expanded=${whole.value ? "true" : "false"} onClick=${() => { whole.value = !whole.value; }}>
      ${whole.value ? t("floor.fewer", { count: SHOWN }) : t("floor.all", { count: all.length })}</button></p>`}
    ${whole.value && all.length > MOST && html`<p>${t("floor.more", { count: all.length - MOST })}</p>`}
  </section>`;
}
