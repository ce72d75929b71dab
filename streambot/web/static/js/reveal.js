// One masked field: looked at in full only with a reason, which is kept; covered again by itself.
import { html, useEffect, useRef, useState } from "../vendor/ui.js";
import { composes } from "./compose.js";
import { t, told } from "./i18n.js";
import { ask } from "./page.js";
import { Said } from "./text.js";

const SHOWN_FOR = 60_000;

export function Reveal({ field, order, ticket, may }) {
  const [asking, setAsking] = useState(false);
  const [value, setValue] = useState(null);
  const [problem, setProblem] = useState(null);
  const box = useRef(null);
  useEffect(() => {
    if (asking) box.current?.focus();
  }, [asking]);
  useEffect(() => {
    if (value === null) return undefined;
    const timer = setTimeout(() => setValue(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [value]);
  const submit = async (event) => {
    event.preventDefault();
    const body = { field, order: order.ref, reason: box.current.value };
    const answer = await ask(`/api/tickets/${encodeURIComponent(ticket.id)}/reveal`, body);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setValue(answer.value.value);
    setAsking(false);
  };
  const pressed = (event) => {
    if (event.key === "Enter" && composes(event)) event.preventDefault(); // it chooses words
    if (event.key === "Escape") setAsking(false);
  };
  return html`<div class="field" data-field=${field}><dt>${t(`field.${field}`)}</dt>
    <dd>${value === null ? html`<span class="masked">${order.fields[field]}</span>` : html`<b class="revealed"><${Said} text=${value} /></b>`}
      ${may && value === null && !asking && html`<button type="button" class="quiet" onClick=${() => setAsking(true)}>${t("reveal.button")}<span class="sr"> ${t(`field.${field}`)}</span></button>`}
      ${asking && html`<form class="reveal" onSubmit=${submit}><label><span>${t("reveal.reason")}</span>
        <input ref=${box} maxlength="200" required placeholder=${t("reveal.hint")} onKeyDown=${pressed} /></label>
        <button type="submit">${t("reveal.show")}</button></form>`}
      ${problem && html`<p class="refused" role="alert">${told(problem)}</p>`}</dd></div>`;
}
