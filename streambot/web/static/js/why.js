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
  return decided.kind === "handoff" ? word("reason", decided.reason) : matchReason(decided.reason);
}

/** Where nothing is left standing the reason is what spoke against the nearest. */
function matchReason(code) {
  const words = word("match_reason", code);
  return words === code ? word("veto", code) : words;
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

/** Most measures are shares of one; whatever is more is a number. */
function amount(value) {
  return Math.abs(value) <= 1 ? percent(value) : value.toFixed(2);
}

const percent = (value) => `${Math.round(value * 100)}%`;

function Ground({ ground }) {
  return html`<li class=${ground.helps ? "" : "against"}>${word("measure", ground.name)}
    ${ground.amount !== null && html` <b>${amount(ground.amount)}</b>`}${!ground.helps && html` <small>${t("why.against")}</small>`}</li>`;
}

function Candidate({ each, first, brief }) {
  return html`<li class=${each.veto ? "vetoed" : first ? "first" : ""}>
    <p><code>${each.entry}</code> <b>${percent(each.score)}</b>
      ${each.veto && html` <span class="tag grave">${word("veto", each.veto)}</span>`}</p>
    <p class="muted">${t("why.closest")} <${Said} text=${each.phrasing} /></p>
    ${!brief && html`<ul class="grounds">${each.grounds.map((ground) => html`<${Ground} key=${ground.name} ground=${ground} />`)}</ul>`}
  </li>`;
}

/** The best few with what decided, and whatever was near and vetoed; the others in brief, folded. */
function Candidates({ every }) {
  const told = every.filter((each, at) => at === 0 || (each.veto ? each.score >= 0.1 : at < 3 && each.score >= 0.05));
  const others = every.filter((each) => !told.includes(each));
  return html`<ol class="candidates">${told.map((each) => html`<${Candidate} key=${each.entry} each=${each} first=${each === every[0]} />`)}</ol>
    ${others.length > 0 && html`<details><summary>${t("why.others", { count: others.length })}</summary>
      <ol class="others">${others.map((each) => html`<${Candidate} key=${each.entry} each=${each} brief />`)}</ol></details>`}`;
}

/** How the line sounds; who is angry gets a person, whatever the book has to say. */
function Mood({ mood }) {
  const angry = mood === "angry";
  return html`<li class=${angry ? "grave" : ""}>${t("why.mood", { mood: word("mood", mood) })}${angry && ` · ${t("why.goes_first")}`}</li>`;
}

/** What else is known of the line: its mood, whose matter it is, the common question it asks, a second look. */
function Facts({ found }) {
  return html`<ul class="facts">
    ${found.mood !== "calm" && html`<${Mood} mood=${found.mood} />`}
    <li>${t("why.shop", { percent: percent(found.shop) })}</li>
    ${found.sound && html`<li>${t("why.sound", { sound: word("sounds", found.sound) })}</li>`}
    ${found.intent && html`<li>${t("why.intent", { title: found.intent.title || found.intent.id })} · ${t("why.intent_open")}</li>`}
    ${found.looked_again && html`<li>${t("why.looked")}</li>`}
    ${found.beside.length > 0 && html`<li>${t("why.beside", { what: found.beside.map((each) => word("beside", each)).join("、") })}</li>`}
  </ul>`;
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
      <span class="muted"> · ${matchReason(found.reason)}</span></p>
    <${Facts} found=${found} />
    ${found.answer && html`<p class="answer"><${Said} text=${found.answer} /></p>`}
    <${Evidence} found=${found.evidence} />
    ${found.candidates.length
      ? html`<details open=${found.outcome !== "ignore"}><summary>${t("why.candidates", { count: found.candidates.length })}</summary>
          <${Candidates} every=${found.candidates} /></details>`
      : html`<p class="muted">${t("why.nothing")}</p>`}
  </section>`;
}
