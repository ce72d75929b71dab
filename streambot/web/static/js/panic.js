// Panic keys: all rooms at once, asked for twice, and one key back to what each room had.
import { html, signal } from "../vendor/ui.js";
import { t, told, word } from "./i18n.js";
import { ask } from "./page.js";
import { timeOfDay } from "./time.js";

/** Which letter, with Ctrl+Shift, asks for which mode. */
const LETTERS = { H: "people", A: "answering", M: "silent" };
const BACK = "U";

const standing = signal(null);
/** What waits to be confirmed, each time by a dialog of its own: {mode, number}. */
const asked = signal(null);
let number = 0;
const problem = signal(null);

function request(mode) {
  number += 1;
  asked.value = { mode, number };
}

/** The dialog of that request closed, maybe late, when another is asked already. */
function settle(of) {
  if (asked.value?.number === of) asked.value = null;
}

function take(answer) {
  if (answer.ok) standing.value = answer.value.standing;
  problem.value = answer.ok ? null : answer.problem;
}

async function press(to) {
  asked.value = null;
  take(await ask("/api/panic", { to }));
}

export async function startPanicKeys() {
  addEventListener("keydown", (event) => {
    if (!event.ctrlKey || !event.shiftKey || event.altKey || event.isComposing || event.repeat) return;
    const letter = event.key.toUpperCase();
    if (letter === BACK && standing.value) press("back");
    else if (LETTERS[letter]) request(LETTERS[letter]);
    else return;
    event.preventDefault();
  });
  take(await ask("/api/panic"));
}

export function Standing() {
  const now = standing.value;
  if (!now) return null;
  const rooms = Object.entries(now.before).map(([room, mode]) => `${room} ${word("mode", mode)}`).join(" · ");
  return html`<section class="bad" role="status" data-standing=${now.mode}>
    <p><b>${t("panic.standing", { mode: word("mode", now.mode), by: now.by, at: timeOfDay(now.at) })}</b></p>
    <p>${t("panic.before", { rooms })}</p>
    <button class="primary" onClick=${() => press("back")}>${t("panic.back")} <kbd>Ctrl+Shift+U</kbd></button>
  </section>`;
}

function opened(dialog) {
  if (dialog && !dialog.open) dialog.showModal();
}

function Confirm() {
  if (!asked.value) return null;
  const { mode, number: of } = asked.value;
  return html`<dialog key=${of} ref=${opened} aria-labelledby="panic-ask" onCancel=${() => settle(of)} onClose=${() => settle(of)}>
    <p id="panic-ask">${t("panic.ask", { mode: word("mode", mode) })}</p>
    <p>${t(`mode.${mode}_hint`)}</p>
    <div class="keys">
      <button autofocus onClick=${() => settle(of)}>${t("panic.no")}</button>
      <button class="primary" data-confirm=${mode} onClick=${() => press(mode)}>${t("panic.yes")}</button>
    </div>
  </dialog>`;
}

export function PanicKeys() {
  return html`<section aria-labelledby="panic-title">
    <h2 id="panic-title">${t("panic.title")}</h2>
    <div class="keys">${Object.entries(LETTERS).map(([letter, mode]) => html`<button key=${mode} data-panic=${mode}
      onClick=${() => request(mode)}>${t(`panic.${mode}`)} <kbd>Ctrl+Shift+${letter}</kbd></button>`)}</div>
    ${problem.value && html`<p class="bad" role="alert">${told(problem.value)}</p>`}
    <${Confirm} />
  </section>`;
}
