// For a first time at the desk: what will happen here and what to press or touch; goes away for good.
import { html, signal } from "../vendor/ui.js";
import { t } from "./i18n.js";
import { me } from "./page.js";
import { byThumb, fit } from "./thumb.js";

const KEY = `streambot_hints_${me}`;
const STEPS = ["take", "answer", "undo", "next", "break"];

const seen = signal(localStorage.getItem(KEY) === "seen");

function away() {
  seen.value = true;
  localStorage.setItem(KEY, "seen");
}

/** Under an empty queue: how a shift goes on, and how to leave it. */
export function Way() {
  return html`<p class="empty way">${fit("hints.way")}</p>`;
}

export function Hints() {
  if (seen.value) return null;
  return html`<aside class="hints" aria-labelledby="hints-title"><h2 id="hints-title">${t("hints.title")}</h2>
    <ol>${STEPS.map((step) => html`<li key=${step}>${fit(`hints.${step}`)}</li>`)}
      ${!byThumb.value && html`<li>${t("hints.palette")}</li>`}</ol>
    <button onClick=${away}>${t("hints.away")}</button></aside>`;
}
