// Ready or on a break: said by the agent, shown to everybody with since when.
import { computed, html, signal } from "../vendor/ui.js";
import { be } from "./commands.js";
import { Icon } from "./icons.js";
import { t, told } from "./i18n.js";
import { me } from "./page.js";
import { stage } from "./store.js";
import { now, span } from "./time.js";

const problem = signal(null);

/** How an agent stands, by name; null where the server hasn't said. */
export function standing(name) {
  return stage.value.agents.find((each) => each.name === name) ?? null;
}

export const mine = computed(() => standing(me));

export async function toggleBreak() {
  const answer = await be(mine.value?.state === "break" ? "ready" : "break");
  problem.value = answer.type === "done" ? null : answer;
}

export function Presence() {
  const own = mine.value;
  const state = own?.state ?? "ready";
  return html`<span class="presence ${state}" role="status">
    <i class="dot ${state}"></i><b>${t(`presence.${state}`)}</b>
    ${own && html`<span class="muted"> ${span(now.value - Date.parse(own.since))}</span>`}</span>
    <button class="quiet be" onClick=${toggleBreak}>${t(state === "break" ? "presence.be_ready" : "presence.take_break")}<kbd>Alt+B</kbd></button>
    ${problem.value && html`<span class="refused" role="alert">${problem.value.key ? t(problem.value.key) : told(problem.value)}</span>`}`;
}

/** A break that nobody asked for is told of, until its agent is back. */
export function Paused() {
  const own = mine.value;
  if (own?.state !== "break" || !own.unasked) return null;
  return html`<p class="banner bad" role="status" data-unasked><${Icon} name="alert" />${t("presence.unasked")}
    <button onClick=${toggleBreak}>${t("presence.be_ready")}<kbd>Alt+B</kbd></button></p>`;
}

/** Beside a name: only what differs from being there and ready. */
export function StandingOf({ name }) {
  const found = standing(name);
  if (!found || found.state === "ready") return null;
  return html` <span class="standing ${found.state}">${t(`presence.${found.state}`)}</span>`;
}
