// An answer just sent can be taken back for a moment; its words return to the draft.
import { html, signal } from "../vendor/ui.js";
import { act } from "./commands.js";
import { draft, keepDraft } from "./drafts.js";
import { t } from "./i18n.js";
import { undoSeconds } from "./page.js";
import { pane, select } from "./sections.js";
import { tickets } from "./store.js";

/** {ticket, text, until}: what may be taken back; null: nothing. */
export const undoable = signal(null);
/** Raised when a draft was put back, so that an open box reads it again. */
export const restored = signal(0);

const left = signal(0);
let timer = 0;

function tick() {
  const of = undoable.value;
  if (!of) return;
  const span = of.until - performance.now();
  left.value = Math.max(0, Math.ceil(span / 1000));
  if (span <= 0) undoable.value = null;
  else timer = setTimeout(tick, Math.min(span, 250));
}

/** Offer to take *text* back, as long as the server holds it. */
export function mayUndo(ticket, text) {
  if (undoSeconds <= 0) return;
  clearTimeout(timer);
  undoable.value = { ticket: ticket.id, no: ticket.no, text, until: performance.now() + undoSeconds * 1000 };
  tick();
}

/** Words that did not go out return to the box, before what is being written there. */
export function putBack(ticket, text) {
  const written = draft("answer", ticket);
  keepDraft("answer", ticket, written.trim() && written !== text ? `${text}\n${written}` : text);
  select(ticket);
  pane.value = "ticket";
  restored.value += 1;
}

export async function undo() {
  const of = undoable.value;
  if (!of) return;
  undoable.value = null;
  const ticket = tickets.get(of.ticket);
  if (!ticket || !(await act("undo", ticket))) {
    select(of.ticket); // where the refusal is read
    return;
  }
  putBack(of.ticket, of.text);
}

export function Undo() {
  const of = undoable.value;
  return html`<div class="undo" role="status">${of && html`<span>${t("undo.sent", { no: of.no, seconds: left.value })}</span>
    <button onClick=${undo}>${t("undo.button")}<kbd>U</kbd></button>`}</div>`;
}
