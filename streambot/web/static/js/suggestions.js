// For those who may edit books: try a line, and settle what agents suggested.
import { html, useEffect, useState } from "../vendor/ui.js";
import { card, openCard } from "./card.js";
import { t } from "./i18n.js";
import { ask, mayEdit } from "./page.js";
import { Said } from "./text.js";

function Try({ room }) {
  const [text, setText] = useState("");
  const submit = (event) => {
    event.preventDefault();
    if (text.trim()) openCard({ room, text: text.trim() });
  };
  return html`<form class="try" onSubmit=${submit}>
    <label class="sr" for="try">${t("try.label")}</label>
    <input id="try" value=${text} maxlength="200" placeholder=${t("try.hint")} onInput=${(event) => setText(event.target.value)} />
    <button type="submit" disabled=${!text.trim()}>${t("try.button")}</button>
  </form>`;
}

function Waiting({ room, count }) {
  const [found, setFound] = useState([]);
  const open = card.value !== null;
  useEffect(() => {
    if (count > 0 && !open) {
      ask(`/api/rooms/${encodeURIComponent(room)}/phrasings`).then((answer) => setFound(answer.ok ? answer.value.waiting : []));
    }
  }, [room, count, open]);
  if (!count) return null;
  return html`<section class="waiting" aria-labelledby="waiting-title">
    <h3 id="waiting-title">${t("suggestions.title")} <span class="count">${count}</span></h3>
    <ul>${found.map((each) => html`<li key=${each.id}><p><${Said} text=${each.text} /> <span class="muted">→ <code>${each.entry}</code> · ${each.by}</span></p>
      <button onClick=${() => openCard({ room, text: each.text, suggestion: each })}>${t("suggestions.look")}</button></li>`)}</ul>
  </section>`;
}

export function Book({ of }) {
  if (!mayEdit) return null;
  return html`<${Try} key=${of.room} room=${of.room} /><${Waiting} room=${of.room} count=${of.counters.suggestions ?? 0} />`;
}
