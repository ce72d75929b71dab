// Where the console begins.
import { html, render } from "../vendor/ui.js";
import { App } from "./app.js";
import { dropOldDrafts } from "./drafts.js";
import { connect } from "./feed.js";
import { loadTexts } from "./i18n.js";
import { startKeys } from "./keys.js";
import { startLooking } from "./looking.js";
import { startNotifying } from "./notify.js";
import { loadedAt } from "./page.js";
import { startSound } from "./sound.js";
import { setServerTime, startClock } from "./time.js";
import { showCount, startTitle } from "./title.js";

setServerTime(loadedAt);
await loadTexts();
startClock();
dropOldDrafts();
startTitle();
showCount();
startSound();
startNotifying();
startKeys();
startLooking();
const root = document.querySelector("#app");
root.replaceChildren();
render(html`<${App} />`, root);
connect();
