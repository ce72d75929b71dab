// The queue: tickets by the time that is left, in sections by whose turn it is.
import { html } from "../vendor/ui.js";
import { act } from "./commands.js";
import { write } from "./compose.js";
import { Due, OfferLeft, Reason, Remarks, Waited, isGrave, slack } from "./badges.js";
import { Hints, Way } from "./hints.js";
import { Icon } from "./icons.js";
import { t } from "./i18n.js";
import { Lookers } from "./looking.js";
import { me, serves } from "./page.js";
import { StandingOf } from "./presence.js";
import { counts, sections, select, selected } from "./sections.js";
import { stage } from "./store.js";
import { Said } from "./text.js";
import { now } from "./time.js";

/** Claim a ticket (and its card); shown either way, so that a refusal is read where it happened. */
export async function take(ticket) {
  select(ticket.id);
  if (await act("claim", ticket)) write("answer");
}

/** Not what waits for a group that one isn't of, while anybody of it is there. */
export const mayTake = (ticket) => serves(ticket.group) || ticket.offered_to === me || stage.value.unmanned.includes(ticket.group);

export async function decline(ticket) {
  if (await act("decline", ticket)) select(null, false);
}

/** Why nobody has it yet, as the router sees it. */
function Why({ ticket }) {
  const found = stage.value.waiting.find((each) => each.ticket === ticket.id);
  return found?.why ? html`<span class="waits" title=${t("queue.why")}>${whyWords(found)}</span>` : null;
}

/** By its codes in the page's own words, else as the server says it. */
function whyWords({ why, counts: figures }) {
  const parts = Object.entries(figures ?? {}).filter(([code, count]) => count > 0 && t(`waits.${code}`) !== `waits.${code}`);
  return parts.length ? parts.map(([code, count]) => t(`waits.${code}`, { count })).join("，") : why;
}

function Askers({ row }) {
  if (row.askers.length < 2) return null;
  return html`<span class="askers"><${Icon} name="people" />${t("queue.same", { count: row.askers.length })}</span>`;
}

function Owner({ section, ticket }) {
  if (["waiting", "offered"].includes(section)) return null;
  if (ticket.state === "offered") return html`<span class="owner">${t("queue.offered_to", { name: ticket.offered_to ?? "—" })}</span>`;
  if (section === "ended") return html`<span class="owner">${t("queue.ended_by", { name: ticket.last_owner ?? "—" })}</span>`;
  return html`<span class="owner"><${Icon} name="person" />${section === "others" ? html`${ticket.owner}<${StandingOf} name=${ticket.owner} />` : t("queue.me")}</span>`;
}

function Row({ row, section }) {
  const { ticket } = row;
  const current = row.askers.some((one) => one.id === selected.value);
  const live = section !== "ended";
  return html`<li class="row ${current ? "current" : ""} ${live && isGrave(ticket) ? "grave" : ""} slack-${live ? slack(ticket, now.value) : "ok"}">
    <button class="open" aria-current=${current ? "true" : "false"} data-ticket=${ticket.id}
            onClick=${() => select(ticket.id)}>
      <span class="first">
        <${Reason} ticket=${ticket} />
        <span class="who"><${Said} text=${ticket.viewer.name} /></span>
        ${live && html`<${Waited} ticket=${ticket} />`}
      </span>
      <span class="line"><${Said} text=${ticket.text} evidence=${ticket.evidence} /></span>
      <span class="foot">
        <span class="place">${ticket.room} · #${ticket.no}</span>
        <${Askers} row=${row} />
        <${Remarks} ticket=${ticket} />
        <${Owner} section=${section} ticket=${ticket} />
        ${section === "waiting" && html`<${Why} ticket=${ticket} />`}
        <${Lookers} ticket=${ticket} />
        ${section === "offered" && html`<${OfferLeft} ticket=${ticket} />`}
        ${live && html`<${Due} ticket=${ticket} />`}
      </span>
    </button>
    ${["waiting", "offered"].includes(section) && mayTake(ticket) && html`<span class="choices"><button class="take" onClick=${() => take(ticket)}>
      ${t("queue.take")}<span class="sr"> #${ticket.no}</span>
    </button>${section === "offered" && html`<button class="decline quiet" onClick=${() => decline(ticket)}>${t("queue.decline")}<span class="sr"> #${ticket.no}</span></button>`}</span>`}
  </li>`;
}

function Section({ name, rows, count, more }) {
  if (!rows.length && name !== "waiting") return null;
  return html`<section aria-labelledby=${`section-${name}`} data-section=${name}>
    <h2 id=${`section-${name}`}>${t(`section.${name}`)} <span class="count">${count}</span></h2>
    ${rows.length
      ? html`<ul>${rows.map((row) => html`<${Row} key=${row.id} row=${row} section=${name} />`)}</ul>`
      : html`<p class="empty">${t("queue.empty")}</p>`}
    ${name === "waiting" && !rows.length && html`<${Way} />`}
    ${more > 0 && html`<p class="empty">${t("queue.more", { count: more })}</p>`}
  </section>`;
}

export function Queue() {
  return html`<section class="pane queue" aria-label=${t("queue.title")}>
    <h2 class="sr">${t("queue.title")}</h2>
    <div class="scroll" tabindex="0" role="group" aria-label=${t("queue.title")}>
      <${Hints} />
      ${sections.value.map((each) => html`<${Section} key=${each.name} ...${each} />`)}
    </div>
    <p class="keys-line">${t("queue.keys", { waiting: counts.value.waiting })}</p>
  </section>`;
}
