// Rules that agents broke and no supervisor has acknowledged yet.
import { html, signal } from "../vendor/ui.js";
import { watch } from "./floor_watch.js";
import { t, told, word } from "./i18n.js";
import { ask } from "./page.js";
import { desk, onNews, tickets } from "./store.js";
import { timeOfDay } from "./time.js";

const PATH = "/api/floor/warnings";
const PAUSE = 500; // of a burst of changes one reading
const EVERY = 30_000; // another supervisor may have acknowledged some
/** Changes of a ticket that a warning may come with. */
const BRING = new Set(["breached", "raise", "answer", "accepted", "behind", "offer"]);

const warnings = signal([]);
const problem = signal(null);
let timer = 0;

function take(answer) {
  if (answer.ok) warnings.value = answer.value.warnings;
  problem.value = answer.ok ? null : answer.problem;
}

async function read() {
  timer = 0;
  take(await ask(PATH));
}

export function startWarnings() {
  onNews((_, change) => {
    if (BRING.has(change.event) && !timer) timer = setTimeout(read, PAUSE);
  });
  setInterval(() => { if (!document.hidden) read(); }, EVERY);
  read();
}

function words(rule) {
  const [kind, clock] = rule.split(":");
  return kind === "slow" ? t("warned.slow", { clock: word("clock", clock) }) : word("warned", rule);
}

function Row({ each }) {
  return html`<tr data-warning=${each.id}>
    <td><time>${timeOfDay(each.at)}</time></td><th scope="row"><bdi>${each.agent === "desk" ? t("warned.desk") : each.agent}</bdi></th>
    <td>${words(each.rule)}</td><td>${each.no === null ? each.ticket : `#${each.no} · ${each.room}`}</td>
    <td><span class="moves">${tickets.has(each.ticket) && html`<button onClick=${() => watch(each.ticket)}>${t("moves.look")}<span class="sr"> #${each.no}</span></button>`}
      <button data-seen onClick=${async () => take(await ask(`${PATH}/${each.id}`, {}))}>${t("warned.seen")}<span class="sr"> #${each.no}</span></button></span></td>
  </tr>`;
}

export function Warnings() {
  desk.value;
  return html`<section aria-labelledby="warned-title">
    <h2 id="warned-title">${t("warned.title")}</h2>
    ${problem.value && html`<p class="bad" role="alert">${told(problem.value)}</p>`}
    ${warnings.value.length
      ? html`<div class="wide" tabindex="0" role="group" aria-labelledby="warned-title"><table class="stack">
          <thead><tr>${["at", "agent", "rule", "ticket", "act"].map((name) => html`<th key=${name} scope="col">${t(`warned.${name}`)}</th>`)}</tr></thead>
          <tbody>${warnings.value.map((each) => html`<${Row} key=${each.id} each=${each} />`)}</tbody></table></div>`
      : html`<p>${t("warned.none")}</p>`}
  </section>`;
}
