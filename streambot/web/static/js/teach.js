// This line belongs to that entry: choose it, see what would change, then add or suggest the phrasing.
import { html, useEffect, useRef, useState } from "../vendor/ui.js";
import { t, told } from "./i18n.js";
import { ask, mayEdit } from "./page.js";
import { Said } from "./text.js";

const path = (about, rest) => `/api/rooms/${encodeURIComponent(about.room)}/${rest}`;

function Choices({ about, chosen, choose }) {
  const [words, setWords] = useState(null);
  const [entries, setEntries] = useState(null);
  const asked = useRef(0);
  useEffect(() => {
    const mine = ++asked.current;
    const query = encodeURIComponent(words ?? about.text);
    ask(path(about, `entries?words=${query}`)).then((answer) => {
      if (mine === asked.current) setEntries(answer.ok ? answer.value.entries : []);
    });
  }, [words]);
  const typed = (event) => {
    if (!event.isComposing) setWords(event.target.value);
  };
  return html`<label class="search"><span>${t("teach.search")}</span>
      <input type="search" maxlength="200" onInput=${typed} onCompositionEnd=${(event) => setWords(event.target.value)} /></label>
    <fieldset class="choices"><legend class="sr">${t("teach.choose")}</legend>
      ${entries?.length === 0 && html`<p class="muted">${t("teach.none")}</p>`}
      ${(entries ?? []).map((each) => html`<label key=${each.id}>
        <input type="radio" name="entry" value=${each.id} checked=${chosen === each.id} onChange=${() => choose(each.id)} />
        <span><code>${each.id}</code> <span class="muted">${each.questions.join(" / ")}${each.more > 0 && ` +${each.more}`}</span>
          <span class="answer">${each.answer}</span></span></label>`)}
    </fieldset>`;
}

const KINDS = ["broken", "lost", "switched", "answered", "unseen"];

function Changes({ kind, found }) {
  if (!found.count) return null;
  return html`<div class="changes ${kind}"><h4>${t(`teach.${kind}`, { count: found.count })}</h4>
    <ul>${found.lines.map((each) => html`<li key=${each.text}><${Said} text=${each.text} />${each.times > 1 && html` <span class="muted">×${each.times}</span>`}
      <span class="muted"> ${each.before ?? t("teach.nothing")} → ${each.after ?? t("teach.nothing")}</span></li>`)}</ul>
    ${found.count > found.lines.length && html`<p class="muted">${t("teach.more", { count: found.count - found.lines.length })}</p>`}</div>`;
}

function Effect({ seen }) {
  const some = KINDS.some((kind) => seen[kind].count);
  return html`<div class="effect" role="status">
    <p><b>${t("teach.would", { entry: seen.entry, file: seen.file, line: seen.line })}</b> <${Said} text=${seen.text} /></p>
    <p class="muted">${t("teach.tried", { count: seen.tried })}${!some && ` ${t("teach.same")}`}</p>
    ${KINDS.map((kind) => html`<${Changes} key=${kind} kind=${kind} found=${seen[kind]} />`)}
    ${seen.problem && html`<p class="refused" role="alert">${told(seen.problem)}</p>`}
  </div>`;
}

/** The agents' suggestion, once a supervisor sees what it would do. */
function Settle({ busy, seen, settle }) {
  return html`<p class="bar"><button class="primary" type="button" disabled=${busy || !seen || seen.problem} onClick=${() => settle(true)}>${t("teach.accept")}</button>
    <button type="button" disabled=${busy} onClick=${() => settle(false)}>${t("teach.decline")}</button></p>`;
}

function Done({ done }) {
  return html`<p class="done" role="status">${t(`teach.state_${done.state}`, { entry: done.entry })}</p>`;
}

export function Teach({ about }) {
  const suggestion = about.suggestion;
  const [entry, setEntry] = useState(suggestion?.entry ?? null);
  const [text, setText] = useState(about.text);
  const [seen, setSeen] = useState(null);
  const [problem, setProblem] = useState(null);
  const [done, setDone] = useState(null);
  const [busy, setBusy] = useState(false);
  const asking = async (where, body, keep) => {
    setBusy(true);
    setProblem(null);
    const answer = await ask(path(about, where), body);
    setBusy(false);
    if (answer.ok) keep(answer.value);
    else {
      setProblem(answer.problem);
      setSeen(null);
    }
  };
  const look = () => asking("phrasings/preview", { text, entry }, setSeen);
  const add = () => asking("phrasings", { text: seen.text, entry: seen.entry, seen: seen.seen, event: about.event ?? "" }, setDone);
  const settle = (accept) => asking(`phrasings/${suggestion.id}`, { accept, seen: seen?.seen ?? "" }, setDone);
  useEffect(() => {
    if (suggestion) look();
  }, []);
  const choose = (one) => {
    setEntry(one);
    setSeen(null);
    setProblem(null);
  };
  const submit = (event) => {
    event.preventDefault();
    if (entry && text.trim() && !busy) look();
  };
  if (done) return html`<${Done} done=${done} />`;
  return html`<form class="teach" onSubmit=${submit}>
    <h3>${t(suggestion ? "teach.suggested" : "teach.title", { name: suggestion?.by ?? "" })}</h3>
    ${!suggestion && html`<label><span>${t("teach.phrasing")}</span>
        <input value=${text} maxlength="200" onInput=${(event) => { setText(event.target.value); setSeen(null); }} /></label>
      <${Choices} about=${about} chosen=${entry} choose=${choose} />
      <p class="bar"><button type="submit" disabled=${!entry || !text.trim() || busy}>${t("teach.look")}</button></p>`}
    ${seen && html`<${Effect} seen=${seen} />`}
    <p class="refused" role="alert">${problem && told(problem)}</p>
    ${suggestion && html`<${Settle} busy=${busy} seen=${seen} settle=${settle} />`}
    ${!suggestion && seen && !seen.problem && html`<p class="bar"><button class="primary" type="button" disabled=${busy} onClick=${add}>
      ${t(mayEdit ? "teach.add" : "teach.suggest")}</button>${!mayEdit && html` <span class="muted">${t("teach.by_supervisor")}</span>`}</p>`}
  </form>`;
}
