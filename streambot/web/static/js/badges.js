// Small signs every list shows alike: why, how urgent, how long, until when.
import { html } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { t, word } from "./i18n.js";
import { claimSeconds } from "./page.js";
import { now, span } from "./time.js";

const GRAVE = new Set(["angry", "complaint", "safety_word", "legal", "low_csat"]);
const SOON = 30_000;

export function isGrave(ticket) {
  return GRAVE.has(ticket.reason);
}

export function Reason({ ticket }) {
  const grave = isGrave(ticket);
  return html`<span class="tag ${grave ? "grave" : ""}">
    ${grave && html`<${Icon} name="flame" />`}${word("reason", ticket.reason)}
  </span>
  ${ticket.priority <= 1 && html`<span class="tag urgent"><${Icon} name="alert" />${t("queue.urgent")}</span>`}
  ${ticket.reopen_count > 0 && html`<span class="tag">${t("queue.reopened")}</span>`}
  ${ticket.unattended && html`<span class="tag">${t("queue.unattended")}</span>`}`;
}

export function Waited({ ticket, labelled }) {
  const since = Date.parse(ticket.waiting_since);
  return html`<span class="waited" title=${t("queue.waited")}>
    <span class=${labelled ? "" : "sr"}>${t("queue.waited")} </span>${span(now.value - since)}
  </span>`;
}

/** The promise that ends next: {kind, at}, or null when none runs. */
function promise(ticket) {
  const due = ticket.due.filter((one) => one.kind !== "close" && one.kind !== "unattended");
  due.sort((a, b) => (a.due_at < b.due_at ? -1 : 1));
  if (due.length) return { kind: due[0].kind, at: Date.parse(due[0].due_at) };
  if (ticket.state !== "queued") return null;
  return { kind: "claim", at: Date.parse(ticket.waiting_since) + claimSeconds * 1000 };
}

export function isLate(ticket, at) {
  if (ticket.state !== "queued") return false;
  const next = promise(ticket);
  return ticket.breached.includes("claim") || (next !== null && next.at < at);
}

export function Promise_({ ticket }) {
  const next = promise(ticket);
  if (!next) return null;
  const left = next.at - now.value;
  const kind = word("clock", next.kind);
  if (left < 0) {
    return html`<span class="promise late"><${Icon} name="alert" />${t("clock.late", { kind, span: span(-left) })}</span>`;
  }
  return html`<span class="promise ${left < SOON ? "soon" : ""}">
    <${Icon} name="clock" />${t("clock.left", { kind, span: span(left) })}
  </span>`;
}
