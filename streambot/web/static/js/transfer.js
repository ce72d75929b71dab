// Hand a ticket on to a colleague or a group; the note says what they must know.
import { html, signal, useState } from "../vendor/ui.js";
import { act, refusal } from "./commands.js";
import { composes } from "./compose.js";
import { t, word } from "./i18n.js";
import { groups, me } from "./page.js";
import { selectNext } from "./sections.js";
import { Sheet } from "./sheet.js";
import { present, stage } from "./store.js";

/** The ticket that is handed on; null while nobody asks. */
export const transferring = signal(null);

/** Colleagues with how they stand; without a floor, whoever is connected. */
function colleagues() {
  const known = stage.value.agents.filter((each) => each.name !== me && ["agent", "supervisor"].includes(each.role));
  if (known.length) return known;
  return present.value.filter((name) => name !== me).map((name) => ({ name, state: "ready", load: 0, capacity: 0 }));
}

function About({ each }) {
  return html`<span class="muted">${t(`presence.${each.state}`)}${each.capacity > 0 && ` · ${each.load}/${each.capacity}`}</span>`;
}

function Form({ ticket }) {
  const [to, setTo] = useState(null);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    if (busy || !to || !note.trim()) return;
    setBusy(true);
    const done = await act("transfer", ticket, { to, note: note.trim() });
    setBusy(false);
    if (!done) return;
    transferring.value = null;
    if (done.owner !== me) selectNext(ticket.id);
  };
  const pressed = (event) => {
    if (event.key !== "Enter" || event.shiftKey || composes(event)) return;
    submit(event);
  };
  const one = (value, label, first) => html`<label key=${value}><input type="radio" name="to" value=${value} data-first=${first || undefined}
    checked=${to === value} onChange=${() => setTo(value)} /><span>${label}</span></label>`;
  const people = colleagues();
  return html`<form onSubmit=${submit}>
    <fieldset class="choices"><legend>${t("transfer.to")}</legend>
      ${people.map((each, at) => one(each.name, html`<b>${each.name}</b> <${About} each=${each} />`, at === 0))}
      ${people.length === 0 && html`<p class="muted">${t("transfer.nobody")}</p>`}
      ${groups.map((name, at) => one(`group:${name}`, t("transfer.group", { name: word("group", name) }), !people.length && at === 0))}</fieldset>
    <label><span>${t("transfer.note")}</span>
      <textarea rows="3" value=${note} placeholder=${t("transfer.note_hint")} onInput=${(event) => setNote(event.target.value)} onKeyDown=${pressed}></textarea></label>
    <p class="refused" role="alert">${refusal(ticket.id)}</p>
    <p class="bar"><button class="primary" type="submit" disabled=${busy || !to || !note.trim()}>${t("transfer.send")}</button></p></form>`;
}

export function Transfer() {
  const ticket = transferring.value;
  return html`<${Sheet} id="transfer" open=${transferring} title=${t("transfer.title", { no: ticket?.no ?? "" })}>
    ${ticket && html`<${Form} key=${ticket.id} ticket=${ticket} />`}</${Sheet}>`;
}
