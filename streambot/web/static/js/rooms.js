// A room as it is right now: its lines, what the assistant made of them, figures and mode.
import { computed, html, signal } from "../vendor/ui.js";
import { openCard } from "./card.js";
import { pick } from "./commands.js";
import { Icon } from "./icons.js";
import { t, told, word } from "./i18n.js";
import { OnScreen } from "./onscreen.js";
import { maySwitch, post } from "./page.js";
import { select } from "./sections.js";
import { floor, keep, rooms } from "./store.js";
import { Book } from "./suggestions.js";
import { Said } from "./text.js";
import { timeOfDay } from "./time.js";

const MODES = ["answering", "observing", "people", "silent"];
const FIGURES = [
  "viewers", "arrivals", "lines", "decided_answer", "decided_order", "decided_handoff", "unanswered", "host_answered",
  "welcomed_named", "welcomed_counted", "welcomed_missed",
];
const SECONDS = ["lateness_p50", "lateness_p99"];

const chosen = signal(null);
/** Why the last action on a room was refused. */
const problem = signal(null);

export const room = computed(() => {
  floor.value;
  return rooms.get(chosen.value) ?? rooms.values().next().value ?? null;
});

async function setMode(name, mode) {
  problem.value = null;
  problem.value = await post(`/api/rooms/${encodeURIComponent(name)}/mode`, { mode });
}

/** The room's one key: silence the assistant, or let it speak again. */
export function toggleMode(number) {
  const found = [...rooms.values()][number - 1];
  if (!found || !maySwitch) return;
  chosen.value = found.room;
  setMode(found.room, found.mode === "silent" ? found.resumes : "silent");
}

/** The same for the room that is shown, also while somebody types. */
export function toggleShown() {
  toggleMode([...rooms.keys()].indexOf(room.value?.room) + 1);
}

async function takeLine(of, line) {
  problem.value = null;
  const answer = await pick(of.room, line.id);
  if (answer.type === "done") {
    keep(answer.ticket);
    select(answer.ticket.id);
  } else problem.value = answer.key ? { zh: t(answer.key), en: t(answer.key) } : answer;
}

function Tabs() {
  floor.value;
  if (rooms.size < 2) return null;
  return html`<div class="tabs" role="group" aria-label=${t("rooms.title")}>
    ${[...rooms.values()].map((each, at) => html`<button key=${each.room} aria-pressed=${each === room.value ? "true" : "false"}
        onClick=${() => { chosen.value = each.room; }}>
      <i class="dot ${each.link}"></i>${each.room}${maySwitch && at < 9 && html`<kbd>${at + 1}</kbd>`}
    </button>`)}</div>`;
}

function Mode({ of }) {
  return html`<div class="modes" role="group" aria-label=${t("mode.title")}>
    ${MODES.map((mode) => html`<button key=${mode} aria-pressed=${of.mode === mode ? "true" : "false"} disabled=${!maySwitch}
        title=${maySwitch ? t(`mode.${mode}_hint`) : t("mode.supervisor")} onClick=${() => setMode(of.room, mode)}>${t(`mode.${mode}`)}</button>`)}
  </div>`;
}

function Figures({ of }) {
  const shown = FIGURES.filter((name) => name in of.counters || name.startsWith("welcomed_"));
  return html`<dl class="figures">
    ${shown.map((name) => html`<div key=${name} class=${name === "welcomed_missed" && of.counters[name] ? "bad" : ""}>
      <dt>${t(`figure.${name}`)}</dt><dd>${of.counters[name] ?? 0}</dd></div>`)}
    ${SECONDS.map((name) => html`<div key=${name}><dt>${t(`figure.${name}`)}</dt>
      <dd>${name in of.counters ? t("figure.seconds", { seconds: of.counters[name].toFixed(1) }) : "—"}</dd></div>`)}
  </dl>`;
}

function Decided({ line }) {
  if (line.kind === "out") return html`<span class="decided out" data-state=${line.decision}>${word("reply", line.decision)}</span>`;
  if (line.kind === "would") return html`<span class="decided">${t("line.would")}</span>`;
  if (line.kind !== "viewer" || !line.decision) return null;
  const why = line.decision === "handoff" ? word("reason", line.reason) : line.decision === "ignore" ? word("ignored", line.reason) : "";
  return html`<span class="decided ${line.decision}">${word("decision", line.decision)}${why && ` · ${why}`}</span>`;
}

function Line({ of, line }) {
  const ours = line.kind === "out" || line.kind === "would";
  const human = line.reason === "agent";
  return html`<li class="chat ${line.kind}">
    <time>${timeOfDay(line.at)}</time>
    <p>${ours ? html`<b><${Icon} name=${human ? "person" : "bot"} />${t(human ? "role.agent" : "line.assistant")}</b>` : html`<b><${Said} text=${line.name} /></b>`}
      ${line.kind === "gift" && html` <span class="muted">${t("line.gift")}</span>`}
      ${" "}<${Said} text=${line.text} /> <${Decided} line=${line} /></p>
    ${line.kind === "viewer" && html`<span class="tools">
      ${line.decision && html`<button class="quiet" onClick=${() => openCard({ room: of.room, text: line.text, event: line.id })}
        title=${t("why.hint")}>${t("why.button")}</button>`}
      ${line.viewer && html`<button class="take quiet" onClick=${() => takeLine(of, line)} title=${t("line.take_hint")}>${t("queue.take")}</button>`}</span>`}
  </li>`;
}

function Lines({ of }) {
  return html`<div class="lines" tabindex="0" role="region" aria-label=${t("rooms.lines")}>
    ${of.lines.length
      ? html`<ol>${of.lines.map((line) => html`<${Line} key=${line.id} of=${of} line=${line} />`)}</ol>`
      : html`<p class="empty">${t("rooms.no_lines")}</p>`}
  </div>`;
}

export function Room() {
  const of = room.value;
  if (!of) return html`<p class="empty">${t("rooms.none")}</p>`;
  const number = [...rooms.keys()].indexOf(of.room) + 1;
  const broken = of.troubles.some((each) => each.code === "book");
  return html`<div class="room">
    <${Tabs} />
    <div class="head"><h2>${of.room}${maySwitch && number <= 9 && html`<kbd title=${t("help.mode")}>${number}</kbd>`}</h2>
      <span class="link ${of.link}"><i class="dot ${of.link}"></i>${word("link", of.link)}</span>
      ${of.official === false && html`<span class="tag" title=${t("rooms.unofficial_why")}>${t("rooms.unofficial")}</span>`}
      <span class="muted"><${Icon} name="book" />${t(broken ? "book.broken" : "book.in_force", { count: of.book_entries })}</span>
      ${maySwitch && html`<a href=${`/rooms/${encodeURIComponent(of.room)}/summary`}>${t("summary.link")}</a>`}</div>
    ${of.notice && html`<p class="hint">${t("notice.label")}：<${Said} text=${of.notice} /></p>`}
    <${Mode} of=${of} />
    <${OnScreen} key=${of.room} of=${of} refused=${(why) => { problem.value = why; }} />
    <p class="refused" role="alert">${problem.value && told(problem.value)}</p>
    ${of.read_only && of.link === "connected" && html`<p class="hint read-only">${t("rooms.read_only")}</p>`}
    ${of.dropped > 0 && html`<p class="hint">${t("rooms.dropped", { count: of.dropped })}</p>`}
    <${Figures} of=${of} />
    ${maySwitch && html`<p class="muted since">${t("figure.since")}</p>`}
    <${Book} of=${of} />
    <h3>${t("rooms.lines")}</h3>
    <${Lines} of=${of} />
  </div>`;
}

/** What people must know about any room, in words; above everything else. */
export function Alarms() {
  floor.value;
  const all = [...rooms.values()].flatMap((each) => each.troubles.map((trouble) => ({ ...trouble, room: each.room })));
  if (!all.length) return null;
  return html`<ul class="alarms" aria-label=${t("rooms.alarms")}>
    ${all.map((each) => html`<li key=${each.room + each.code} data-code=${each.code}>
      <${Icon} name="alert" /><b>${each.room}</b> <span>${told(each)}</span></li>`)}</ul>`;
}
