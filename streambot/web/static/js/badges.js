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
  ${ticket.priority <= 1 && html`<span class="tag urgent"><${Icon} name="alert" />${t("queue.urgent")}</span>`}`;
}

/** What else is known of a ticket, less pressing than its reason. */
export function Remarks({ ticket }) {
  return html`${ticket.reopen_count > 0 && html`<span>${t("queue.reopened")}</span>`}
    ${ticket.unattended && html`<span>${t("queue.unattended")}</span>`}`;
}

export function Waited({ ticket, labelled }) {
  if (ticket.state === "waiting_viewer") return null;
  const since = Date.parse(ticket.waiting_since);
  return html`<span class="waited" title=${t("queue.waited")}>
    <span class=${labelled ? "" : "sr"}>${t("queue.waited")} </span>${span(now.value - since)}
  </span>`;
}

/** The promise that ends next: {kind, at}, or null when none runs. */
function promise(ticket) {
  if (ticket.state === "queued") {
    // Also once it is broken, which ends its clock.
    const claim = ticket.due.find((one) => one.kind === "claim");
    return { kind: "claim", at: claim ? Date.parse(claim.due_at) : Date.parse(ticket.waiting_since) + claimSeconds * 1000 };
  }
  const due = ticket.due.filter((one) => one.kind !== "close" && one.kind !== "unattended");
  due.sort((a, b) => (a.due_at < b.due_at ? -1 : 1));
  return due.length ? { kind: due[0].kind, at: Date.parse(due[0].due_at) } : null;
}

export function isLate(ticket, at) {
  if (ticket.state !== "queued") return false;
  return promise(ticket).at < at;
}

export function Due({ ticket }) {
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
