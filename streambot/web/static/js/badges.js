// Small signs every list shows alike: why, how urgent, how long, until when.
import { html } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { t, word } from "./i18n.js";
import { claimSeconds } from "./page.js";
import { now, span } from "./time.js";

const GRAVE = new Set(["angry", "complaint", "safety_word", "legal", "low_csat"]);
const SOON = 30_000;
/** Clocks of the desk's own, promised to nobody. */
const NOT_PROMISED = new Set(["close", "unattended", "offer"]);

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
    ${ticket.paused_for && html`<span>${word("paused_for", ticket.paused_for)}</span>`}
    ${ticket.group && html`<span class="group">${word("group", ticket.group)}</span>`}
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
export function promise(ticket) {
  if (ticket.state === "paused") return ticket.paused_until ? { kind: "wake", at: Date.parse(ticket.paused_until) } : null;
  if (ticket.state === "resolved") return null;
  if (["queued", "offered"].includes(ticket.state)) {
    // Also once it is broken, which ends its clock.
    const claim = ticket.due.find((one) => one.kind === "claim");
    return { kind: "claim", at: claim ? Date.parse(claim.due_at) : Date.parse(ticket.waiting_since) + claimSeconds * 1000 };
  }
  const due = ticket.due.filter((one) => !NOT_PROMISED.has(one.kind));
  due.sort((a, b) => (a.due_at < b.due_at ? -1 : 1));
  return due.length ? { kind: due[0].kind, at: Date.parse(due[0].due_at) } : null;
}

export function isLate(ticket, at) {
  if (!["queued", "offered"].includes(ticket.state)) return false;
  return promise(ticket).at < at;
}

/** How much time is left for a ticket, as a colour: late, soon, or ok. */
export function slack(ticket, at) {
  const next = promise(ticket);
  if (!next || ticket.state === "paused") return "ok";
  return next.at < at ? "late" : next.at - at < SOON ? "soon" : "ok";
}

/** An offer runs out: how long it may still be accepted. */
export function OfferLeft({ ticket }) {
  if (!ticket.offer_until) return null;
  return html`<span class="promise soon"><${Icon} name="clock" />${t("clock.offer_left", { span: span(Date.parse(ticket.offer_until) - now.value) })}</span>`;
}

export function Due({ ticket }) {
  const next = promise(ticket);
  if (!next) return null;
  const left = next.at - now.value;
  const kind = word("clock", next.kind);
  if (left < 0 && next.kind !== "wake") {
    return html`<span class="promise late"><${Icon} name="alert" />${t("clock.late", { kind, span: span(-left) })}</span>`;
  }
  return html`<span class="promise ${left < SOON && next.kind !== "wake" ? "soon" : ""}">
    <${Icon} name="clock" />${t("clock.left", { kind, span: span(left) })}
  </span>`;
}
