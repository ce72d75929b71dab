// How many wait, in the tab's title and icon, and told aloud; also while the tab is hidden.
import { signal } from "../vendor/ui.js";
import { switchLanguage, t, word } from "./i18n.js";
import { me } from "./page.js";
import { onCalls, tickets } from "./store.js";

/** What a screen reader hears: counts and new handoffs, nothing that ticks. */
export const spoken = signal("");

let shown = -1;

function draw(count) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 32;
  const pen = canvas.getContext("2d");
  pen.fillStyle = count ? "#b3261e" : "#2457d6";
  pen.beginPath();
  pen.roundRect(0, 0, 32, 32, 8);
  pen.fill();
  pen.fillStyle = "#fff";
  pen.font = `bold ${count > 9 ? 18 : 22}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(count > 99 ? "99" : String(count), 16, 17);
  const icon = document.querySelector("#favicon");
  icon.type = count ? "image/png" : "image/svg+xml";
  icon.href = count ? canvas.toDataURL() : "/static/icon.svg";
}

export function showCount() {
  const count = [...tickets.values()].filter((ticket) => ticket.state === "queued" || ticket.offered_to === me).length;
  document.title = `${count ? `(${count}) ` : ""}${t("console.title")} · streambot`;
  if (count === shown) return count;
  shown = count;
  draw(count);
  return count;
}

/** The page and its title in the other language. */
export function otherLanguage() {
  switchLanguage();
  showCount();
}

export function startTitle() {
  onCalls((calls) => {
    const before = shown;
    const count = showCount();
    const newest = calls.at(-1);
    if (newest) {
      spoken.value = t("spoken.call", { name: newest.viewer.name, reason: word("reason", newest.reason), count });
    } else if (count !== before) spoken.value = t("spoken.count", { count });
  });
}
