// Words an agent wrote on a ticket that is no longer theirs: kept in sight, to be read and copied.
import { html } from "../vendor/ui.js";
import { draft } from "./drafts.js";
import { t } from "./i18n.js";
import { me } from "./page.js";

/** Whose it is now, in one sentence. */
function whose(ticket) {
  if (ticket.owner) return t("leftover.owner", { name: ticket.owner });
  if (ticket.state === "offered") return t("leftover.offered", { name: ticket.offered_to ?? "—" });
  return t(ticket.state === "queued" ? "leftover.queued" : "leftover.ended");
}

export function Leftover({ ticket }) {
  const words = ticket.owner === me ? "" : draft("answer", ticket.id);
  if (!words.trim()) return null;
  return html`<div class="leftover"><p id="leftover-why" role="status">${whose(ticket)}</p>
    <textarea readonly rows="2" aria-label=${t("leftover.label")} aria-describedby="leftover-why" value=${words}
      onFocus=${(event) => event.target.select()}></textarea></div>`;
}
