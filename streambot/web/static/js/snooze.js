// Put a ticket aside until a time or an event; it comes back by itself, or when the viewer writes.
import { html, signal, useState } from "../vendor/ui.js";
import { act, refusal } from "./commands.js";
import { composes } from "./compose.js";
import { t } from "./i18n.js";
import { selectNext } from "./sections.js";
import { Sheet } from "./sheet.js";
import { serverNow } from "./time.js";

/** The ticket that is put aside; null while nobody asks. */
export const snoozing = signal(null);

const CHOICES = [
  { name: "15m", minutes: 15 },
  { name: "1h", minutes: 60 },
  { name: "order_shipped", event: "order_shipped" },
  { name: "room_closed", event: "room_closed" },
];

function fieldsOf(choice, note) {
  const when = choice.minutes
    ? { until: new Date(serverNow() + choice.minutes * 60_000).toISOString() }
    : { for: choice.event };
  return note.trim() ? { ...when, note: note.trim() } : when;
}

function Form({ ticket }) {
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const choose = async (choice) => {
    if (busy) return;
    setBusy(true);
    const done = await act("snooze", ticket, fieldsOf(choice, note));
    setBusy(false);
    if (!done) return;
    snoozing.value = null;
    selectNext(ticket.id);
  };
  const pressed = (event) => {
    if (event.key === "Enter" && !composes(event)) event.preventDefault();
  };
  return html`<p class="muted">${t("snooze.hint")}</p>
    <label><span>${t("snooze.note")}</span><input value=${note} maxlength="500" onInput=${(event) => setNote(event.target.value)} onKeyDown=${pressed} /></label>
    <p class="bar">${CHOICES.map((choice, at) => html`<button key=${choice.name} type="button" data-first=${at === 0 || undefined} disabled=${busy}
      onClick=${() => choose(choice)}>${t(`snooze.${choice.name}`)}</button>`)}</p>
    <p class="refused" role="alert">${refusal(ticket.id)}</p>`;
}

export function Snooze() {
  const ticket = snoozing.value;
  return html`<${Sheet} id="snooze" open=${snoozing} title=${t("snooze.title", { no: ticket?.no ?? "" })}>
    ${ticket && html`<${Form} key=${ticket.id} ticket=${ticket} />`}</${Sheet}>`;
}
