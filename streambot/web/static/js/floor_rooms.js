// Every room's figures and what the assistant does there, switched by the supervisor.
import { html, signal } from "../vendor/ui.js";
import { t, told, word } from "./i18n.js";
import { post } from "./page.js";
import { desk, floor, rooms, tickets } from "./store.js";
import { now, serverNow, span } from "./time.js";

const MODES = ["answering", "observing", "people", "silent"];
const LATELY = 15 * 60_000;
const ENDED = new Set(["resolved", "closed", "withdrawn"]);

const problem = signal(null);

async function setMode(room, mode) {
  problem.value = await post(`/api/rooms/${encodeURIComponent(room)}/mode`, { mode });
}

function figures(room) {
  const found = { queued: 0, active: 0, lately: 0, oldest: null };
  for (const ticket of tickets.values()) {
    if (ticket.room !== room) continue;
    const since = Date.parse(ticket.queued_at);
    if (serverNow() - since < LATELY) found.lately += 1;
    if (ENDED.has(ticket.state)) continue;
    if (ticket.owner) found.active += 1;
    else {
      found.queued += 1;
      found.oldest = Math.min(found.oldest ?? since, since);
    }
  }
  return found;
}

function Row({ room }) {
  const of = figures(room.room);
  return html`<tr data-room=${room.room}>
    <th scope="row"><a href=${`/rooms/${encodeURIComponent(room.room)}/summary`}>${room.room}</a></th>
    <td data-label=${word("floor", "queued")}>${of.queued}</td><td data-label=${word("floor", "active")}>${of.active}</td>
    <td data-label=${word("floor", "oldest")}>${of.oldest === null ? "—" : span(serverNow() - of.oldest)}</td><td data-label=${word("floor", "lately")}>${of.lately}</td>
    <td><select aria-label=${`${t("mode.title")} ${room.room}`} value=${room.mode}
      onChange=${(event) => setMode(room.room, event.currentTarget.value)}>
      ${MODES.map((mode) => html`<option key=${mode} value=${mode} selected=${mode === room.mode}>${word("mode", mode)}</option>`)}
    </select>
    <button onClick=${() => setMode(room.room, room.mode === "silent" ? room.resumes : "silent")}>
      ${t(room.mode === "silent" ? "floor.free" : "floor.hush")}</button></td>
  </tr>`;
}

export function FloorRooms() {
  desk.value;
  floor.value;
  now.value;
  return html`<section aria-labelledby="rooms-title">
    <h2 id="rooms-title">${t("floor.rooms")}</h2>
    ${problem.value && html`<p class="bad" role="alert">${told(problem.value)}</p>`}
    <div class="wide" tabindex="0" role="group" aria-labelledby="rooms-title"><table class="stack">
      <thead><tr>${["room", "queued", "active", "oldest", "lately", "mode"].map((name) => html`<th key=${name} scope="col">${word("floor", name)}</th>`)}</tr></thead>
      <tbody>${[...rooms.values()].map((room) => html`<${Row} key=${room.room} room=${room} />`)}</tbody>
    </table></div>
  </section>`;
}
