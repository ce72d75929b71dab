// Blanks that nobody filled yet, such as {price}: found, shown, and jumped to by Tab.
import { html } from "../vendor/ui.js";
import { t } from "./i18n.js";
import { Said } from "./text.js";

const BLANK = /\{[^{}\n]{1,64}\}/g;

/** Every blank of a text: {name, start, end}. */
export function blanksOf(text) {
  return [...text.matchAll(BLANK)].map((found) => ({ name: found[0], start: found.index, end: found.index + found[0].length }));
}

/** Select the next blank behind the selection, else the first; false where there is none. */
export function nextBlank(box, from = box.selectionEnd) {
  const all = blanksOf(box.value);
  const next = all.find((each) => each.start >= from) ?? all[0];
  if (!next) return false;
  box.focus();
  box.setSelectionRange(next.start, next.end);
  return true;
}

export function Blanks({ text, box }) {
  const all = blanksOf(text);
  if (!all.length) return null;
  const show = (blank) => {
    box.current?.focus();
    box.current?.setSelectionRange(blank.start, blank.end);
  };
  return html`<p class="blanks" role="status">${t("canned.blanks")}
    ${all.map((each) => html`<button type="button" key=${each.start} onClick=${() => show(each)}><mark><${Said} text=${each.name} /></mark></button>`)}
    <kbd>Tab</kbd></p>`;
}
