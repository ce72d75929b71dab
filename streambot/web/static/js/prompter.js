// The prompter: lines the assistant would say where it can't write, for a person to say.
import { computed, html, signal } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { t, told, word } from "./i18n.js";
import { post } from "./page.js";
import { floor, rooms } from "./store.js";
import { Said } from "./text.js";
import { now, span } from "./time.js";

const MOST = 300;
const chosen = signal(null);
const copied = signal(null);
const problem = signal(null);

export const shown = computed(() => {
  floor.value;
  const all = [...rooms.values()].flatMap((each) => each.prompter.map((line) => ({ ...line, room: each.room })));
  return all.sort((a, b) => (a.until < b.until ? -1 : 1)).slice(0, MOST);
});

/** Whether a sending tool has it and may be saying it just now. */
const isTaken = (line) => line.taken_by !== null && line.failed === null;

/** The line the keys mean: the chosen one, else the one that is due soonest and no tool has. */
const current = computed(() => shown.value.find((line) => line.line_id === chosen.value)
  ?? shown.value.find((line) => !isTaken(line)) ?? shown.value[0] ?? null);

/** The clipboard needs HTTPS or localhost; a selection works everywhere. */
function copyBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

export async function copy(line = current.value) {
  if (!line) return;
  chosen.value = line.line_id;
  const focused = document.activeElement;
  const done = await copyText(line.text);
  focused?.focus?.();
  copied.value = done ? line.line_id : null;
  problem.value = done ? null : { zh: t("prompter.not_copied"), en: t("prompter.not_copied") };
}

export async function settle(what, line = current.value) {
  if (!line) return;
  const path = `/api/rooms/${encodeURIComponent(line.room)}/prompter/${encodeURIComponent(line.line_id)}/${what}`;
  problem.value = await post(path);
  if (chosen.value === line.line_id) chosen.value = null;
}

function Due({ line }) {
  const left = Date.parse(line.until) - now.value;
  return left >= 0 ? t("prompter.left", { span: span(left) }) : html`<b>${t("prompter.late", { span: span(-left) })}</b>`;
}

function Line({ line, many }) {
  const isCurrent = line === current.value;
  const key = (name) => isCurrent && html`<kbd>${name}</kbd>`;
  return html`<li class="prompt ${isCurrent ? "current" : ""}" data-line=${line.line_id}>
    <p class="by">${many && html`<b>${line.room}</b>`} <span class="tag">${word("kind", line.kind)}</span>
      ${line.visibility === "private" && html`<span class="tag"><${Icon} name="lock" />${t("visibility.private")}</span>`}
      <span class="muted">${t("prompter.since", { span: span(now.value - Date.parse(line.made_at)) })} · <${Due} line=${line} /></span></p>
    ${line.taken_by !== null && html`<p class="hint">${line.failed === null
      ? t("prompter.taken", { tool: line.taken_by })
      : t("prompter.failed", { tool: line.taken_by, why: line.failed })}</p>`}
    <p class="words"><${Said} text=${line.text} /></p>
    <p class="bar"><button class="primary" onClick=${() => copy(line)}>${copied.value === line.line_id ? t("prompter.copied") : t("prompter.copy")}${key("C")}</button>
      <button onClick=${() => settle("said", line)}>${t("prompter.said")}${key("S")}</button>
      <button class="quiet" onClick=${() => settle("skip", line)}>${t("prompter.skip")}${key("X")}</button></p>
  </li>`;
}

export function Prompter() {
  floor.value;
  const lines = shown.value;
  const needed = lines.length > 0 || [...rooms.values()].some((each) => !each.can_write && each.link === "connected");
  if (!needed) return null;
  return html`<section class="prompter" aria-labelledby="prompter-title">
    <h2 id="prompter-title">${t("prompter.title")} <span class="count">${lines.length}</span></h2>
    <p class="refused" role="alert">${problem.value && told(problem.value)}</p>
    ${lines.length
      ? html`<ol tabindex="0" role="list" aria-labelledby="prompter-title">${lines.map((line) => html`<${Line} key=${line.line_id} line=${line} many=${rooms.size > 1} />`)}</ol>`
      : html`<p class="empty">${t("prompter.empty")}</p>`}
  </section>`;
}
