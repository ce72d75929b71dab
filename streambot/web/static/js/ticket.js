// The ticket in hand: who, why, what was said, and everything an agent can do about it.
import { html, signal } from "../vendor/ui.js";
import { act, refusal } from "./commands.js";
import { Context } from "./context.js";
import { Due, Reason, Remarks, Waited } from "./badges.js";
import { Compose, mayAnswer, write } from "./compose.js";
import { Icon } from "./icons.js";
import { rule, t, word } from "./i18n.js";
import { Lookers } from "./looking.js";
import { isSupervisor, me } from "./page.js";
import { decline, mayTake, take } from "./queue.js";
import { askers, pane, select, selectNext, ticket as current } from "./sections.js";
import { snoozing } from "./snooze.js";
import { Said, fitting } from "./text.js";
import { Thread } from "./thread.js";
import { fit } from "./thumb.js";
import { transferring } from "./transfer.js";

const OUTCOMES = ["solved", "passed_on", "no_reply", "not_needed"];
const OWNED = ["active", "waiting_viewer", "paused"];
const EVIDENCE_SHOWN = 5;
const outcome = signal("solved");

/** Owners end and give back; supervisors also what others own. */
export function mayEnd(ticket) {
  return mayAnswer(ticket) || (isSupervisor && ticket.owner !== null && OWNED.includes(ticket.state));
}

export async function resolve(ticket) {
  const done = await act("resolve", ticket, { outcome: outcome.value });
  if (!done) return;
  outcome.value = "solved";
  selectNext(ticket.id);
}

export const isMine = (ticket) => ticket.owner === me && OWNED.includes(ticket.state);

export const mayTakeOver = (ticket) => isSupervisor && ticket.owner !== null && ticket.owner !== me && OWNED.includes(ticket.state);

/** Each passage once, with all that was found in it. */
function passages(ticket) {
  const points = [...ticket.text];
  const found = new Map();
  for (const one of ticket.evidence.filter((each) => each.text)) {
    const said = `${rule(one.rule)}${fitting(points, [one]).length ? "" : t("ticket.other_line")}`;
    found.set(one.text, new Set([...(found.get(one.text) ?? []), said]));
  }
  return [...found];
}

function Evidence({ ticket }) {
  const all = passages(ticket);
  const shown = all.slice(0, EVIDENCE_SHOWN);
  if (!shown.length) return null;
  return html`<p class="evidence">${t("ticket.evidence")}
    ${shown.map(([text, said]) => html` <span key=${text}><q><${Said} text=${text} /></q>
      <span class="muted">${[...said].join(" · ")}</span></span>`)}
    ${all.length > shown.length && html` <span class="muted">${t("ticket.more_evidence", { count: all.length - shown.length })}</span>`}</p>`;
}

function SameQuestion({ ticket }) {
  const same = askers(ticket);
  if (same.length < 2) return null;
  return html`<div class="same"><p><${Icon} name="people" />${t("ticket.same", { count: same.length })}</p>
    <ul>${same.map((one) => html`<li key=${one.id}><button aria-pressed=${one.id === ticket.id ? "true" : "false"}
      onClick=${() => select(one.id)}><${Said} text=${one.viewer.name} /></button></li>`)}</ul></div>`;
}

function Resolve({ ticket }) {
  return html`<span class="resolve">
    <label class="sr" for="outcome">${t("ticket.outcome")}</label>
    <select id="outcome" value=${outcome.value} onChange=${(event) => { outcome.value = event.target.value; }}>
      ${OUTCOMES.map((one) => html`<option key=${one} value=${one}>${t(`outcome.${one}`)}</option>`)}
    </select>
    <button class="primary" onClick=${() => resolve(ticket)}>${t("ticket.resolve")}<kbd>Alt+E</kbd></button>
  </span>`;
}

function Actions({ ticket }) {
  return html`<div class="actions">
    ${["queued", "offered"].includes(ticket.state) && mayTake(ticket) && html`<button class="primary" onClick=${() => take(ticket)}>${t("queue.take")}<kbd>Alt+T</kbd></button>`}
    ${ticket.offered_to === me && html`<button onClick=${() => decline(ticket)}>${t("queue.decline")}</button>`}
    ${ticket.state === "paused" && isMine(ticket) && html`<button class="primary" onClick=${() => act("wake", ticket)}>${t("ticket.wake")}</button>`}
    ${mayEnd(ticket) && html`<${Resolve} ticket=${ticket} /><button onClick=${() => write("release")}>${t("ticket.release")}</button>`}
    ${isMine(ticket) && html`<button onClick=${() => { transferring.value = ticket; }}>${t("ticket.transfer")}<kbd>Alt+M</kbd></button>`}
    ${isMine(ticket) && ticket.state !== "paused" && html`<button onClick=${() => { snoozing.value = ticket; }}>${t("ticket.snooze")}<kbd>Alt+Z</kbd></button>`}
    ${mayTakeOver(ticket) && html`<button onClick=${() => act("take_over", ticket)}>${t("ticket.take_over")}</button>`}
  </div>`;
}

function whose(ticket) {
  if (ticket.state === "queued") return t("ticket.nobodys");
  if (ticket.state === "offered") return t("queue.offered_to", { name: ticket.offered_to ?? "—" });
  if (ticket.state === "resolved") return t("ticket.was", { name: ticket.last_owner ?? "—", outcome: ticket.outcome ? word("outcome", ticket.outcome) : "" });
  return t("ticket.owner", { name: ticket.owner });
}

function Head({ ticket }) {
  const live = ticket.state !== "resolved";
  return html`<header class="head">
    <button class="back quiet" onClick=${() => { pane.value = "queue"; }}>${t("ticket.back")}</button>
    <div class="title"><h2><${Said} text=${ticket.viewer.name} /></h2><${Reason} ticket=${ticket} /></div>
    <div class="about" tabindex="0" role="region" aria-label=${t("ticket.about")}><p class="facts"><span>${ticket.room} · #${ticket.no}</span><span>${word("state", ticket.state)} · ${whose(ticket)}</span>
      ${live && html`<span><${Waited} ticket=${ticket} labelled /></span><${Remarks} ticket=${ticket} /><${Due} ticket=${ticket} /><${Lookers} ticket=${ticket} />`}</p>
    <${Evidence} ticket=${ticket} />
    <${SameQuestion} ticket=${ticket} /></div>
    <${Actions} ticket=${ticket} />
    ${ticket.last_send && !["sent", "shown"].includes(ticket.last_send) && live
      && html`<p class="refused" role="status"><${Icon} name="alert" />${t("ticket.last_send", { state: word("reply", ticket.last_send) })}</p>`}
    <p class="refused" role="alert">${refusal(ticket.id)}</p>
  </header>`;
}

export function Ticket() {
  const ticket = current.value;
  return html`<section class="pane ticket" aria-label=${t("ticket.title")}>
    ${ticket
      ? html`<${Head} ticket=${ticket} /><${Context} key=${ticket.id} ticket=${ticket} /><${Thread} ticket=${ticket} /><${Compose} ticket=${ticket} />`
      : html`<div class="nothing"><p>${fit("ticket.none")}</p><p class="muted">${fit("ticket.none_hint")}</p></div>`}
  </section>`;
}
