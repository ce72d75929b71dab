// The host's board: questions right now, big enough to glance at, dealt with by a key or a tap.
import { computed, html, render, signal } from "../vendor/ui.js";
import { about, connect, heardAt, link, open, press, pressed, questions, refusal, room } from "./board_link.js";
import { Arrivals, Orders, Product, Tickets } from "./board_parts.js";
import { loadTexts, switchLanguage, t, told, word } from "./i18n.js";
import { Said } from "./text.js";
import { now, span, startClock, timeOfDay } from "./time.js";

const root = document.querySelector("#app");
const OBS_ROWS = 5;
const chosen = signal(null);
const help = signal(false);

const current = computed(() => open.value.find((each) => each.id === chosen.value) ?? open.value[0] ?? null);

function mark(act, question = current.value) {
  if (!question) return;
  if (act === "answered" || act === "skip") {
    const at = open.value.findIndex((each) => each.id === question.id);
    chosen.value = (open.value[at + 1] ?? open.value[at - 1])?.id ?? null;
  }
  press({ act, question: question.id });
}

function step(by) {
  const at = open.value.findIndex((each) => each.id === current.value?.id);
  const next = open.value[Math.min(open.value.length - 1, Math.max(0, at + by))];
  if (!next) return;
  chosen.value = next.id;
  document.querySelector(`[data-question="${CSS.escape(next.id)}"]`)?.scrollIntoView({ block: "nearest" });
}

const pin = (question = current.value) => question && mark(question.pinned ? "unpin" : "pin", question);

const KEYS = {
  KeyJ: () => step(1), ArrowDown: () => step(1), KeyK: () => step(-1), ArrowUp: () => step(-1),
  Enter: () => mark("answered"), KeyA: () => mark("answered"), KeyP: () => pin(), KeyX: () => mark("skip"),
  Slash: (event) => { if (event.shiftKey) help.value = !help.value; },
};

function typed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.keyCode === 229 || event.repeat) return;
  if (event.target.closest?.("select, input, textarea") || (event.target.closest?.("button") && event.code === "Enter")) return;
  const run = KEYS[event.code];
  if (!run) return;
  event.preventDefault();
  run(event);
}

function Answer({ of }) {
  if (of.answer !== null) return html`<p class="answer"><${Said} text=${of.answer} /></p>`;
  return html`<p class="answer none">${of.standing === "human" ? t("board.human") : "—"}</p>`;
}

function Words({ of }) {
  return html`<p class="words">${of.text === null ? html`<span class="muted">${t("board.hidden")}</span>` : html`<${Said} text=${of.text} />`}</p>`;
}

function Row({ of }) {
  const is = of.id === current.value?.id;
  const key = (name) => is && html`<kbd>${name}</kbd>`;
  return html`<li class="question ${of.standing} ${is ? "current" : ""}" data-question=${of.id} aria-current=${is ? "true" : "false"}
      onClick=${() => { chosen.value = of.id; }}>
    <p class="asked"><b>${t("board.askers", { count: of.count })}</b> ${of.pinned && html`<span class="tag">${t("board.pinned")}</span>`}
      <span class="tag ${of.standing}">${t(`board.standing_${of.standing}`)}</span>${" "}
      <span class="muted">${of.names.map((name, at) => html`${at > 0 && t("board.comma")}<${Said} text=${name} />`)} · ${span(now.value - Date.parse(of.since))}</span></p>
    <${Words} of=${of} />
    <${Answer} of=${of} />
    <p class="bar"><button class="primary" onClick=${() => mark("answered", of)}>${t("board.answered")}${key("A")}</button>
      <button aria-pressed=${of.pinned ? "true" : "false"} onClick=${() => pin(of)}>${t("board.pin")}${key("P")}</button>
      <button class="quiet" onClick=${() => mark("skip", of)}>${t("board.skip")}${key("X")}</button></p>
  </li>`;
}

/** What keeps the board from being true, in words. */
function Standing() {
  const waits = pressed.value.length;
  const unsent = waits > 0 && link.value !== "live" && html`<p class="stale">${t("board.unsent", { count: waits })}</p>`;
  return html`<div role="status" class="standing">
    ${link.value === "refused" && html`<p class="stale">${t("board.refused")}</p>`}
    ${link.value === "stale" && html`<p class="stale">${t("board.stale", { time: timeOfDay(heardAt.value) })}</p>`}
    ${unsent}
    ${about.value && about.value.link !== "connected" && html`<p class="stale">${t("board.room_down")}</p>`}
    ${refusal.value && html`<p class="stale">${told(refusal.value)}</p>`}
  </div>`;
}

function Figures() {
  const of = questions.value;
  if (!of) return null;
  const took = of.median === null ? "—" : t("figure.seconds", { seconds: Math.round(of.median) });
  return html`<p class="done muted">${t("board.done", { questions: of.answered, viewers: of.viewers, seconds: took })}</p>`;
}

function Help() {
  if (!help.value) return null;
  const rows = [["J / K", "board.help_move"], ["A", "board.answered"], ["P", "board.pin"], ["X", "board.skip"], ["?", "board.help"]];
  return html`<dl class="help">${rows.map(([key, words]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${t(words)}</dd></div>`)}</dl>`;
}

function Screen() {
  const rows = open.value;
  return html`<header class="top"><h1>${room}</h1>
      <span class="link ${link.value}">${t(`board.link_${link.value}`)}</span>
      ${about.value && html`<span class="muted">${word("mode", about.value.mode)}</span>`}
      <${Product} />
      <button class="quiet" aria-expanded=${help.value ? "true" : "false"} onClick=${() => { help.value = !help.value; }}>${t("board.help")}</button>
      <button class="quiet" onClick=${() => switchLanguage()}>${t("language.other")}</button></header>
    <${Standing} /><${Help} />
    <main><section class="questions" aria-labelledby="questions">
      <h2 id="questions">${t("board.questions")} <span class="count" aria-live="polite">${rows.length}</span></h2>
      <${Figures} />
      ${rows.length ? html`<ol role="list">${rows.map((each) => html`<${Row} key=${each.id} of=${each} />`)}</ol>` : html`<p class="empty">${t("board.no_questions")}</p>`}
      ${questions.value?.more > 0 && html`<p class="muted">${t("board.more", { count: questions.value.more })}</p>`}
    </section>
    <div class="side"><${Orders} /><${Tickets} /><${Arrivals} /></div></main>`;
}

function Obs() {
  const rows = open.value.filter((each) => each.text !== null).slice(0, OBS_ROWS);
  return html`<main><h1 class="sr">${t("board.title")}</h1>
    ${link.value !== "live" && html`<p class="off">${t(`board.link_${link.value}`)}</p>`}
    ${rows.length > 0 && html`<ol role="list">${rows.map((of) => html`<li key=${of.id} class="question ${of.standing}" data-question=${of.id}>
      <p class="words"><b>${t("board.askers", { count: of.count })}</b> <${Said} text=${of.text} /></p>
      <${Answer} of=${of} /></li>`)}</ol>`}
    <${Arrivals} most=${3} />
  </main>`;
}

await loadTexts();
startClock();
root.replaceChildren();
if (root.dataset.view === "obs") render(html`<${Obs} />`, root);
else {
  render(html`<${Screen} />`, root);
  addEventListener("keydown", typed);
}
connect();
document.body.dataset.ready = "yes";
