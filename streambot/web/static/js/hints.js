// For a first time at the desk: what will happen here and what to press; goes away for good.
import { html, signal } from "../vendor/ui.js";
import { t } from "./i18n.js";
import { me } from "./page.js";

const KEY = `streambot_hints_${me}`;
const STEPS = ["take", "answer", "undo", "next", "break", "palette"];

const seen = signal(localStorage.getItem(KEY) === "seen");

function away() {
  seen.value = true;
  localStorage.setItem(KEY, "seen");
}

/** Under an empty queue: how a shift goes on, and how to leave it. */
export function Way() {
  return html`<p class="empty way">${t("hints.way")}</p>`;
}

export function Hints() {
  if (seen.value) return null;
  return html`<aside class="hints" aria-labelledby="hints-title"><h2 id="hints-title">${t("hints.title")}</h2>
    <ol>${STEPS.map((step) => html`<li key=${step}>${t(`hints.${step}`)}</li>`)}</ol>
    <button onClick=${away}>${t("hints.away")}</button></aside>`;
}
