// Tickets at risk: who has waited longest, and which promise runs out next.
import { html } from "../vendor/ui.js";
import { t, word } from "./i18n.js";
import { claimSeconds } from "./page.js";
import { desk, tickets } from "./store.js";
import { now, serverNow, span } from "./time.js";

const SHOWN = 20;

/** The instant of the promise that runs for a ticket; null: none does. */
function due(ticket) {
  const told = ticket.due_at ?? ticket.claim_due ?? null;
  if (told) return Date.parse(told);
  return ticket.state === "queued" ? Date.parse(ticket.waiting_since ?? ticket.queued_at) + claimSeconds * 1000 : null;
}

function atRisk() {
  return [...tickets.values()]
    .map((ticket) => ({ ticket, due: due(ticket) }))
    .filter((row) => row.due !== null && row.ticket.state === "queued")
    .sort((a, b) => a.due - b.due);
}

function Row({ ticket, due: until }) {
  const left = until - serverNow();
  return html`<tr data-ticket=${ticket.id}>
    <th scope="row">#${ticket.no}</th><td>${ticket.room}</td><td><bdi>${ticket.viewer.name}</bdi></td>
    <td>${word("reason", ticket.reason)}</td>
    <td class=${left < 0 ? "late" : ""}>${left < 0 ? t("floor.over", { time: span(-left) }) : span(left)}</td>
  </tr>`;
}

export function Risk() {
  desk.value;
  now.value;
  const rows = atRisk();
  const since = rows.reduce((first, row) => Math.min(first, Date.parse(row.ticket.queued_at)), Infinity);
  return html`<section aria-labelledby="risk-title">
    <h2 id="risk-title">${t("floor.risk")}</h2>
    <p data-oldest>${rows.length ? t("floor.oldest_now", { time: span(serverNow() - since) }) : t("floor.none")}</p>
    ${rows.length > 0 && html`<div class="wide" tabindex="0" role="region" aria-labelledby="risk-title"><table>
      <thead><tr>${["ticket", "room", "viewer", "reason", "left"].map((name) => html`<th key=${name} scope="col">${word("floor", name)}</th>`)}</tr></thead>
      <tbody>${rows.slice(0, SHOWN).map((row) => html`<${Row} key=${row.ticket.id} ...${row} />`)}</tbody>
    </table></div>`}
  </section>`;
}
