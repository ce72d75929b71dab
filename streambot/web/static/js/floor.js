// The supervisor's page: how every room and the queue stand now, and the keys for all rooms.
import { html, render } from "../vendor/ui.js";
import { connect, link } from "./feed.js";
import { language, loadTexts, switchLanguage, t, word } from "./i18n.js";
import { loadedAt, logOut, me } from "./page.js";
import { PanicKeys, Standing, startPanicKeys } from "./panic.js";
import { FloorAgents } from "./floor_agents.js";
import { FloorRooms } from "./floor_rooms.js";
import { MoveForm } from "./floor_moves.js";
import { Shift, startShift } from "./floor_shift.js";
import { Warnings, startWarnings } from "./floor_warnings.js";
import { Watch } from "./floor_watch.js";
import { Risk } from "./risk.js";
import { setServerTime, startClock } from "./time.js";

function Floor() {
  return html`<header class="bar">
      <h1>${t("floor.title")}</h1>
      <span class="link ${link.value}">${t(`feed.${link.value}`)}</span>
      <span>${me} · ${word("role", document.querySelector("#app").dataset.role)}</span>
      <nav><a href="/">${t("console.title")}</a> <a href="/audit">${t("audit.title")}</a> <a href="/links">${t("links.title")}</a> <a href="/accounts">${t("accounts.title")}</a></nav>
      <div class="ends"><button class="quiet" lang=${language.value === "en" ? "zh-CN" : "en"} onClick=${() => { switchLanguage(); titled(); }}>${t("language.other")}</button>
        <button class="quiet" onClick=${logOut}>${t("bar.log_out")}</button></div>
    </header>
    <main>
      ${link.value === "down" && html`<p class="bad" role="status">${t("feed.banner")}</p>`}
      <${Standing} />
      <${PanicKeys} />
      <${Warnings} />
      <${MoveForm} />
      <${Risk} />
      <${FloorAgents} />
      <${FloorRooms} />
      <${Shift} />
      <${Watch} />
    </main>`;
}

function titled() {
  document.title = `${t("floor.title")} · streambot`;
}

setServerTime(loadedAt);
await loadTexts();
startClock();
startPanicKeys();
startWarnings();
startShift();
const root = document.querySelector("#app");
root.replaceChildren();
render(html`<${Floor} />`, root);
connect();
