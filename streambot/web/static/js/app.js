// The whole page: bar, alarms, queue, ticket, rooms; one column on a phone.
import { html } from "../vendor/ui.js";
import { Card } from "./card.js";
import { link } from "./feed.js";
import { Help, toggleHelp } from "./help.js";
import { Icon } from "./icons.js";
import { language, t } from "./i18n.js";
import { askToNotify, permission } from "./notify.js";
import { isSupervisor, logOut, me, role } from "./page.js";
import { Palette } from "./palette.js";
import { Paused, Presence } from "./presence.js";
import { Prompter, shown } from "./prompter.js";
import { Queue } from "./queue.js";
import { Alarms, Room } from "./rooms.js";
import { counts, held, pane } from "./sections.js";
import { Snooze } from "./snooze.js";
import { allowed, toggleSound, wanted } from "./sound.js";
import { present } from "./store.js";
import { Ticket } from "./ticket.js";
import { otherLanguage, spoken } from "./title.js";
import { Transfer } from "./transfer.js";
import { Undo } from "./undo.js";

function Link() {
  return html`<span class="link ${link.value}"><i class="dot ${link.value === "live" ? "connected" : ""}"></i>${t(`feed.${link.value}`)}</span>`;
}

function Bar() {
  return html`<header class="top">
    <h1><img src="/static/icon.svg" alt="" width="22" height="22" />${t("console.title")}</h1>
    <${Link} />
    <${Presence} />
    <p class="sums"><span>${t("section.waiting")} <b>${counts.value.waiting}</b></span>
      <span>${t("bar.mine")} <b>${held.value}</b></span>
      ${held.value > 0 && html`<span>${t("bar.my_turn")} <b>${counts.value.mine}</b></span>`}</p>
    <p class="present muted">${present.value.length > 0 && t("bar.present", { names: present.value.join(language.value === "en" ? ", " : "、") })}</p>
    <div class="tools">
      <button class="quiet sound" aria-pressed=${wanted.value ? "true" : "false"} onClick=${toggleSound}>
        <${Icon} name=${wanted.value ? "sound" : "mute"} /><span class="label">${t(wanted.value ? "sound.on" : "sound.off")}</span></button>
      ${permission.value === "default" && html`<button class="quiet ask" onClick=${askToNotify}>${t("notify.ask")}</button>`}
      <button class="quiet" lang=${language.value === "en" ? "zh-CN" : "en"} onClick=${otherLanguage}>${t("language.other")}</button>
      <button class="quiet keys" onClick=${toggleHelp}>${t("help.button")}<kbd>?</kbd></button>
      <a class="quiet me" href="/me" title=${t("me.title")}><b>${me}</b> <span class="role">${t(`role.${role}`)}</span><span class="sr"> · ${t("me.title")}</span></a>
      ${isSupervisor && html`<a class="quiet" href="/accounts">${t("accounts.title")}</a>`}
      ${isSupervisor && html`<a class="quiet" href="/floor">${t("floor.title")}</a>`}
      <button class="quiet" onClick=${logOut}>${t("bar.log_out")}</button>
    </div>
  </header>`;
}

function Banners() {
  return html`<div class="banners" role="region" aria-label=${t("rooms.alarms")}>
    ${link.value === "down" && html`<p class="banner bad" role="status"><${Icon} name="down" />${t("feed.banner")}</p>`}
    ${!allowed.value && wanted.value && html`<p class="banner"><${Icon} name="sound" />${t("sound.bar")}
      <button class="quiet">${t("sound.allow")}</button></p>`}
    <${Paused} />
    <${Alarms} />
  </div>`;
}

function Tabs() {
  const one = (name, count) => html`<button aria-pressed=${pane.value === name ? "true" : "false"}
      onClick=${() => { pane.value = name; }}>${t(`pane.${name}`)}${count > 0 && html` <span class="count">${count}</span>`}</button>`;
  return html`<nav class="panes" aria-label=${t("pane.title")}>${one("queue", counts.value.waiting)}${one("ticket", counts.value.mine)}${one("rooms", shown.value.length)}</nav>`;
}

export function App() {
  return html`<div class="console" data-pane=${pane.value}>
    <${Bar} />
    <${Banners} />
    <main>
      <${Queue} />
      <${Ticket} />
      <aside class="pane rooms" aria-label=${t("rooms.title")}><div class="scroll" tabindex="0" role="group" aria-label=${t("rooms.title")}>
        <${Prompter} /><${Room} /></div></aside>
    </main>
    <${Tabs} />
    <${Help} />
    <${Card} />
    <${Transfer} />
    <${Snooze} />
    <${Palette} />
    <${Undo} />
    <p class="sr" aria-live="polite" id="spoken">${spoken.value}</p>
  </div>`;
}
