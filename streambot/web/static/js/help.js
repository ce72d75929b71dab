// The list of keys, opened by ?.
import { html } from "../vendor/ui.js";
import { t } from "./i18n.js";
import { maySwitch } from "./page.js";

const ROWS = [
  [["J", "K"], "help.move"],
  [["Alt", "T"], "help.take"],
  [["R"], "help.answer"],
  [["Enter"], "help.send"],
  [["Shift", "Enter"], "help.line"],
  [["/"], "help.canned"],
  [["Tab"], "help.blank"],
  [["Alt", "1…3"], "help.suggested"],
  [["Alt", "Shift", "1…3"], "help.suggested_send"],
  [["Alt", "G"], "help.better"],
  [["Alt", "P"], "help.note"],
  [["Alt", "E"], "help.resolve"],
  [["U"], "help.undo"],
  [["Alt", "M"], "help.transfer"],
  [["Alt", "Z"], "help.snooze"],
  [["Alt", "L"], "help.private"],
  [["Alt", "B"], "help.break"],
  [["Ctrl", "K"], "help.palette"],
  [["C"], "help.copy"],
  [["S"], "help.said"],
  [["X"], "help.skip"],
  ...(maySwitch ? [[["1", "…", "9"], "help.mode"], [["Alt", "Shift", "M"], "help.mode_shown"]] : []),
  [["Esc"], "help.leave"],
  [["?"], "help.help"],
];

export function toggleHelp() {
  const dialog = document.querySelector("#help");
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

export function Help() {
  return html`<dialog id="help" aria-labelledby="help-title">
    <h2 id="help-title">${t("help.title")}</h2>
    <dl>${ROWS.map(([keys, what]) => html`<div key=${what}><dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${t(what)}</dd></div>`)}</dl>
    <p class="muted">${t("help.alt")}</p>
    <button class="primary" onClick=${toggleHelp}>${t("help.close")}</button>
  </dialog>`;
}
