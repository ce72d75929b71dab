// The shift since midnight: promises kept and broken, and what each agent was at.
import { html, signal } from "../vendor/ui.js";
import { t, word } from "./i18n.js";
import { get } from "./page.js";
import { span } from "./time.js";

const EVERY = 30_000;
const WIDTH = 1000;

const promises = signal([]);
const hosts = signal([]);
const pledges = signal({ rooms: [], unreachable: [] });
// What became of a promise, the good first; what must be seen to is red.
const FATES = ["in_time", "late", "open", "told", "unreachable", "unanswered", "withdrawn"];
const rules = signal({ profile: null, rates: [] });
const figures = signal([]);
const spells = signal({ since: 0, now: 0, agents: [] });

async function read() {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const asked = `?since=${encodeURIComponent(midnight.toISOString())}`;
  const [kept, shift, team, measured] = await Promise.all(["promises", "shift", "agents", "profile"].map((what) => get(`/api/floor/${what}${asked}`)));
  if (measured) rules.value = measured;
  if (team) figures.value = team.agents;
  if (kept) {
    promises.value = kept.promises;
    pledges.value = kept;
  }
  if (shift) {
    spells.value = folded(shift);
    hosts.value = shift.hosts;
  }
}

export function startShift() {
  read();
  setInterval(() => { if (!document.hidden) read(); }, EVERY);
}

/** Each agent's intervals within the shift, in milliseconds. */
function folded({ since, now, spells: all }) {
  const from = Date.parse(since);
  const to = Math.max(Date.parse(now), from + 1);
  const agents = new Map();
  for (const one of all) {
    const begun = Math.max(Date.parse(one.since), from);
    const ended = one.until ? Date.parse(one.until) : to;
    if (!agents.has(one.agent)) agents.set(one.agent, []);
    agents.get(one.agent).push({ state: one.state, begun, ended });
  }
  // The bar begins with whoever came first: a night of nobody tells nothing.
  const first = Math.min(to - 1, ...[...agents.values()].flat().filter((one) => one.state !== "offline").map((one) => one.begun));
  return { since: first, now: to, agents: [...agents].sort() };
}

function totals(list, since) {
  const sums = new Map();
  for (const one of list) sums.set(one.state, (sums.get(one.state) ?? 0) + Math.max(0, one.ended - Math.max(one.begun, since)));
  return [...sums].filter(([, sum]) => sum >= 1000).map(([state, sum]) => `${word("standing", state)} ${span(sum)}`).join(" · ");
}

function Bar({ list }) {
  const { since, now } = spells.value;
  const at = (instant) => (WIDTH * Math.max(0, instant - since)) / (now - since);
  return html`<svg class="shift" viewBox="0 0 ${WIDTH} 12" preserveAspectRatio="none" aria-hidden="true">
    ${list.map((one, index) => html`<rect key=${index} class=${`is-${one.state}`} x=${at(one.begun)} y="0" height="12" width=${Math.max(0, at(one.ended) - at(one.begun))} />`)}</svg>`;
}

function Pledges() {
  const { rooms, unreachable } = pledges.value;
  return rooms.length > 0 && html`<div class="wide" tabindex="0" role="group" aria-label=${t("pledge.title")}><table class="pledges stack"><caption>${t("pledge.title")}</caption>
    <thead><tr><th scope="col">${t("audit.room")}</th><th scope="col">${t("pledge.promised")}</th>
      ${FATES.map((fate) => html`<th key=${fate} scope="col">${word("pledge", fate)}</th>`)}</tr></thead>
    <tbody>${rooms.map((each) => html`<tr key=${each.room} data-pledges=${each.room}><th scope="row"><bdi>${each.room}</bdi></th><td data-label=${t("pledge.promised")}>${each.promised}</td>
      ${FATES.map((fate) => html`<td key=${fate} data-fate=${fate} data-label=${word("pledge", fate)} class=${fate === "unreachable" && each[fate] ? "late" : ""}>${each[fate]}</td>`)}</tr>`)}</tbody></table>
    ${unreachable.length > 0 && html`<ul class="unheard">${unreachable.map((each) => html`<li key=${each.ticket} class="bad" data-unheard=${each.no}>
      ${t("pledge.unheard", { no: each.no, viewer: each.viewer, room: each.room })}</li>`)}</ul>`}</div>`;
}

function Rules() {
  const { profile, old, rates } = rules.value;
  const percent = (share) => `${Math.round(share * 1000) / 10}%`;
  return profile && html`<div class="rules"><h3>${profile.title}</h3>
    <ul class="kept">${rates.map((each) => html`<li key=${each.name} data-rate=${each.name} class=${each.rate !== null && each.at_least !== null && each.rate < each.at_least ? "late" : ""}>
      <b>${each.name}</b> ${each.rate === null ? "–" : percent(each.rate)} ${t("rules.counted", { kept: each.kept, counted: each.counted })}
      ${each.at_least !== null && t("rules.at_least", { share: percent(each.at_least) })}</li>`)}</ul>
    <small class=${old ? "late" : ""}>${t(old ? "rules.old" : "rules.noted", { date: profile.date, source: profile.source })}</small></div>`;
}

function Team() {
  const seconds = (value) => (value === null ? "–" : span(value * 1000));
  return figures.value.length > 0 && html`<div class="wide" tabindex="0" role="group" aria-label=${t("team.title")}><table class="team stack"><caption>${t("team.title")}</caption>
    <thead><tr>${["agent", "tickets", "first", "score", "praise"].map((key) => html`<th key=${key} scope="col">${t(`team.${key}`)}</th>`)}</tr></thead>
    <tbody>${figures.value.map((each) => html`<tr key=${each.agent} data-figures=${each.agent}><th scope="row"><bdi>${each.agent}</bdi></th>
      <td data-label=${t("team.tickets")}>${each.tickets}</td><td data-label=${t("team.first")}>${seconds(each.first_p50)} · ${seconds(each.first_p90)}</td>
      <td data-label=${t("team.score")}>${each.rated ? t("team.scores", { mean: each.mean, rated: each.rated, low: each.low }) : "–"}</td><td data-label=${t("team.praise")}>${each.praise}</td></tr>`)}</tbody></table></div>`;
}

export function Shift() {
  const { agents, since } = spells.value;
  return html`<section aria-labelledby="shift-title">
    <h2 id="shift-title">${t("shift.title")}</h2>
    ${promises.value.length ? html`<ul class="kept">${promises.value.map((each) => html`<li key=${each.kind} data-kind=${each.kind}>
      <b>${word("clock", each.kind)}</b> ${t("shift.kept", { met: each.met, breached: each.breached })}</li>`)}</ul>` : html`<p>${t("shift.none")}</p>`}
    ${hosts.value.length > 0 && html`<ul class="kept hosts">${hosts.value.map((each) => html`<li key=${each.room}>
      <b>${each.room}</b> ${t("shift.host", { questions: each.questions, viewers: each.viewers, seconds: Math.round(each.median) })}</li>`)}</ul>`}
    <${Rules} />
    <${Pledges} />
    <${Team} />
    ${agents.length > 0 && html`<table class="shifts"><caption>${t("shift.states")}</caption><tbody>
      ${agents.map(([name, list]) => html`<tr key=${name}><th scope="row"><bdi>${name}</bdi></th>
        <td><${Bar} list=${list} /><small>${totals(list, since)}</small></td></tr>`)}</tbody></table>`}
  </section>`;
}
