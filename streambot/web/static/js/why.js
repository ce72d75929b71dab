// Why a line was dealt with so: what was decided, what the book makes of it now, and the runners-up.
import { html, useEffect, useState } from "../vendor/ui.js";
import { rule, t, told, word } from "./i18n.js";
import { ask } from "./page.js";
import { Said } from "./text.js";
import { timeOfDay } from "./time.js";

const room = (about) => `/api/rooms/${encodeURIComponent(about.room)}`;

function read(about) {
  if (about.event) return ask(`${room(about)}/why?event=${encodeURIComponent(about.event)}`);
  return ask(`${room(about)}/try`, { text: about.text });
}

function reasonOf(decided) {
  if (!decided.reason) return "";
  if (decided.kind === "ignore") return word("ignored", decided.reason);
  return decided.kind === "handoff" ? word("reason", decided.reason) : word("match_reason", decided.reason);
}

function Decided({ decided }) {
  if (!decided) return null;
  const why = reasonOf(decided);
  return html`<p class="then"><span class="muted">${t("why.then")} <time>${timeOfDay(decided.at)}</time></span>
    <b>${word("decision", decided.kind)}</b>${why && ` · ${why}`}${decided.entry && html` · <code>${decided.entry}</code>`}</p>`;
}

function Evidence({ found }) {
  if (!found.length) return null;
  return html`<p class="evidence">${t("ticket.evidence")}${found.map((one) => html` <span><q><${Said} text=${one.text} /></q>
    <span class="muted">${one.rule.startsWith("faq:") ? one.rule.slice(4) : rule(one.rule)}</span></span>`)}</p>`;
}

/** A feature as a share of one where it is one, else as the number it is. */
function amount(value) {
  return value >= 0 && value <= 1 ? `${Math.round(value * 100)}%` : value.toFixed(2);
}

function Candidate({ each, first }) {
  const features = Object.entries(each.why);
  return html`<li class=${each.veto ? "vetoed" : first ? "first" : ""}>
    <p><code>${each.entry}</code> <b>${Math.round(each.score * 100)}%</b>
      ${each.veto && html` <span class="tag grave">${word("veto", each.veto)}</span>`}</p>
    <p class="muted">${t("why.closest")} <${Said} text=${each.phrasing} />
      ${features.map(([name, value]) => html` <span class="feature">${word("feature", name)} ${amount(value)}</span>`)}</p>
  </li>`;
}

export function Why({ about }) {
  const [found, setFound] = useState(null);
  const [problem, setProblem] = useState(null);
  useEffect(() => {
    read(about).then((answer) => (answer.ok ? setFound(answer.value) : setProblem(answer.problem)));
  }, []);
  if (problem) return html`<p class="refused" role="alert">${told(problem)}</p>`;
  if (!found) return html`<p class="muted">${t("console.loading")}</p>`;
  return html`<section class="why" aria-label=${t("why.title")}>
    <${Decided} decided=${found.decided} />
    <p class="now"><span class="muted">${t("why.now")}</span>
      <b data-outcome=${found.outcome}>${word("match", found.outcome)}</b>${found.entry && html` · <code>${found.entry}</code>`}
      <span class="muted"> · ${word("match_reason", found.reason)}</span></p>
    ${found.answer && html`<p class="answer"><${Said} text=${found.answer} /></p>`}
    <${Evidence} found=${found.evidence} />
    ${found.candidates.length
      ? html`<details open=${found.outcome !== "ignore"}><summary>${t("why.candidates", { count: found.candidates.length })}</summary>
          <ol class="candidates">${found.candidates.map((each, at) => html`<${Candidate} key=${each.entry} each=${each} first=${at === 0} />`)}</ol></details>`
      : html`<p class="muted">${t("why.nothing")}</p>`}
  </section>`;
}
