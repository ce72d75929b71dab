// Who is at the desk and what they hold; a supervisor gives all of somebody's tickets back to the queue.
import { html, signal } from "../vendor/ui.js";
import { act } from "./commands.js";
import { t } from "./i18n.js";
import { desk, present, tickets } from "./store.js";

const HELD = new Set(["active", "waiting_viewer", "paused"]);

const asked = signal(null);
const result = signal("");

function heldBy(name) {
  return [...tickets.values()].filter((ticket) => ticket.owner === name && HELD.has(ticket.state));
}

function names() {
  const owners = [...tickets.values()].filter((ticket) => HELD.has(ticket.state) && ticket.owner).map((ticket) => ticket.owner);
  return [...new Set([...present.value, ...owners])].sort();
}

/** Each is a command of its own: what changed hands meanwhile is left alone. */
async function requeueAll(name) {
  asked.value = null;
  const all = heldBy(name);
  const done = await Promise.all(all.map((ticket) => act("release", ticket, { note: t("agents.note") })));
  const count = done.filter(Boolean).length;
  result.value = t("agents.done", { name, count, left: all.length - count });
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
  return html`<section aria-labelledby="agents-title">
    <h2 id="agents-title">${t("agents.title")}</h2>
    <p role="status">${result.value}</p>
    ${names().length ? html`<div class="wide" tabindex="0" role="region" aria-labelledby="agents-title"><table>
      <thead><tr><th scope="col">${t("agents.name")}</th><th scope="col">${t("agents.state")}</th>
        <th scope="col">${t("agents.load")}</th><th scope="col">${t("agents.act")}</th></tr></thead>
      <tbody>${names().map((name) => html`<tr key=${name} data-agent=${name}>
        <th scope="row"><bdi>${name}</bdi></th>
        <td>${t(present.value.includes(name) ? "agents.here" : "agents.away")}</td>
        <td>${heldBy(name).length}</td>
        <td><button disabled=${!heldBy(name).length} onClick=${() => { asked.value = name; }}>${t("agents.requeue")}<span class="sr"> ${name}</span></button></td>
      </tr>`)}</tbody></table></div>` : html`<p>${t("agents.none")}</p>`}
    <${Confirm} />
  </section>`;
}
