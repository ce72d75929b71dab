// Who is at the desk and what they hold; a supervisor gives all of somebody's tickets back to the queue.
import { html, signal } from "../vendor/ui.js";
import { newRef } from "./commands.js";
import { t, told, word } from "./i18n.js";
import { ask } from "./page.js";
import { desk, present, stage, tickets } from "./store.js";
import { now, serverNow, span } from "./time.js";

const HELD = new Set(["active", "waiting_viewer", "paused"]);

const asked = signal(null);
const result = signal("");

function heldBy(name) {
  return [...tickets.values()].filter((ticket) => ticket.owner === name && HELD.has(ticket.state));
}

function names() {
  const owners = [...tickets.values()].filter((ticket) => HELD.has(ticket.state) && ticket.owner).map((ticket) => ticket.owner);
  return [...new Set([...present.value, ...stage.value.agents.map((one) => one.name), ...owners])].sort();
}

/** All in one commit: whoever has them next finds none half given. */
async function requeueAll(name) {
  asked.value = null;
  const body = { ref: newRef(), note: t("agents.note") };
  const answer = await ask(`/api/agents/${encodeURIComponent(name)}/requeue`, body);
  result.value = answer.ok ? t("agents.done", { name, count: answer.value.requeued }) : told(answer.problem);
}

/** How somebody stands: as the desk says, else whether a console of theirs is open. */
function State({ name }) {
  const told = stage.value.agents.find((one) => one.name === name);
  if (!told) return html`<td>${t(present.value.includes(name) ? "agents.here" : "agents.away")}</td>`;
  return html`<td>${word("standing", told.state)} <small>${span(serverNow() - Date.parse(told.since))}</small></td>`;
}

function Load({ name }) {
  const told = stage.value.agents.find((one) => one.name === name);
  return html`<td>${told ? `${told.load} / ${told.capacity}` : heldBy(name).length}</td>`;
}

function opened(dialog) {
  if (dialog && !dialog.open) dialog.showModal();
}

function Confirm() {
  const name = asked.value;
  if (!name) return null;
  return html`<dialog ref=${opened} aria-labelledby="requeue-ask" onClose=${() => { asked.value = null; }}>
    <p id="requeue-ask">${t("agents.ask", { name, count: heldBy(name).length })}</p>
    <div class="keys">
      <button autofocus onClick=${() => { asked.value = null; }}>${t("panic.no")}</button>
      <button class="primary" onClick=${() => requeueAll(name)}>${t("agents.yes")}</button>
    </div>
  </dialog>`;
}

export function FloorAgents() {
  desk.value;
  now.value;
  return html`<section aria-labelledby="agents-title">
    <h2 id="agents-title">${t("agents.title")}</h2>
    <p role="status">${result.value}</p>
    ${names().length ? html`<div class="wide" tabindex="0" role="group" aria-labelledby="agents-title"><table>
      <thead><tr><th scope="col">${t("agents.name")}</th><th scope="col">${t("agents.state")}</th>
        <th scope="col">${t("agents.load")}</th><th scope="col">${t("agents.act")}</th></tr></thead>
      <tbody>${names().map((name) => html`<tr key=${name} data-agent=${name}>
        <th scope="row"><bdi>${name}</bdi></th>
        <${State} name=${name} /><${Load} name=${name} />
        <td><button disabled=${!heldBy(name).length} onClick=${() => { asked.value = name; }}>${t("agents.requeue")}<span class="sr"> ${name}</span></button></td>
      </tr>`)}</tbody></table></div>` : html`<p>${t("agents.none")}</p>`}
    <${Confirm} />
  </section>`;
}
