// What a supervisor does to one ticket: look, whisper, take over, transfer, give back to the queue.
import { html, signal } from "../vendor/ui.js";
import { act, forget, refusal } from "./commands.js";
import { t, word } from "./i18n.js";
import { groups, me } from "./page.js";
import { present, tickets } from "./store.js";
import { watch } from "./floor_watch.js";

/** Which need words; a take-over may have some. */
const NEEDS_NOTE = new Set(["whisper", "transfer", "requeue"]);

const asked = signal(null); // {what, id}: the form that is open
const done = signal("");

function may(what, ticket) {
  if (what === "take_over") return ticket.owner !== me;
  if (what === "requeue") return Boolean(ticket.owner) || ticket.state === "offered";
  if (what === "transfer") return Boolean(ticket.owner) && ticket.state !== "paused";
  return ticket.owner !== me;
}

export function Moves({ ticket }) {
  const open = (what) => () => {
    forget(ticket.id);
    done.value = "";
    asked.value = { what, id: ticket.id };
  };
  const whose = html`<span class="sr"> #${ticket.no}</span>`;
  return html`<span class="moves">
    <button data-move="look" onClick=${() => watch(ticket.id)}>${t("moves.look")}${whose}</button>
    ${["whisper", "take_over", "transfer", "requeue"].filter((what) => may(what, ticket)).map((what) => html`
      <button key=${what} data-move=${what} onClick=${open(what)}>${t(`moves.${what}`)}${whose}</button>`)}
  </span>`;
}

async function send(event, ticket) {
  event.preventDefault();
  const { what } = asked.value;
  const fields = Object.fromEntries(new FormData(event.currentTarget));
  if (!(await act(what, ticket, fields))) return; // refused: the form keeps the words and says why
  done.value = t(`moves.${what}_done`, { no: ticket.no });
  asked.value = null;
}

function opened(dialog) {
  if (dialog && !dialog.open) dialog.showModal();
}

function To({ ticket }) {
  const names = present.value.filter((name) => name !== ticket.owner);
  return html`<label>${t("moves.to")}<select name="to" required>
    ${names.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}
    ${groups.map((name) => html`<option key=${`group:${name}`} value=${`group:${name}`}>${t("transfer.group", { name: word("group", name) })}</option>`)}</select></label>
    ${!names.length && html`<p class="bad">${t("moves.nobody")}</p>`}`;
}

export function MoveForm() {
  const ticket = asked.value && tickets.get(asked.value.id);
  if (!ticket) return html`<p role="status" data-done>${done.value}</p>`;
  const { what } = asked.value;
  return html`<p role="status" data-done></p>
    <dialog ref=${opened} aria-labelledby="move-title" onClose=${() => { asked.value = null; }}>
      <h2 id="move-title">${t(`moves.${what}`)} #${ticket.no} · ${ticket.owner ?? t("ticket.nobodys")}</h2>
      <p>${t(`moves.${what}_hint`)}</p>
      <form onSubmit=${(event) => send(event, ticket)}>
        ${what === "transfer" && html`<${To} ticket=${ticket} />`}
        <label class="words">${t(`moves.${what}_note`)}<textarea name="note" rows="3" maxlength="1000" required=${NEEDS_NOTE.has(what)} autofocus></textarea></label>
        <p class="bad" role="alert" hidden=${!refusal(ticket.id)}>${refusal(ticket.id)}</p>
        <div class="keys">
          <button type="button" onClick=${() => { asked.value = null; }}>${t("panic.no")}</button>
          <button class="primary" data-send>${t(`moves.${what}_yes`)}</button>
        </div>
      </form>
    </dialog>`;
}
