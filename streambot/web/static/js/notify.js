// Desktop notifications in a hidden tab, of who waits and of what comes to this agent; asked for by a button, never by the page itself.
import { signal } from "../vendor/ui.js";
import { t, word } from "./i18n.js";
import { onCalls, onNews } from "./store.js";
import { tidings } from "./tidings.js";

// Browsers offer them on localhost and HTTPS alone.
const possible = window.isSecureContext && "Notification" in window;

/** "default": may be asked for; else what was decided, or "none" where there are none. */
export const permission = signal(possible ? Notification.permission : "none");

const KEY = "streambot_notify";
const wanted = signal(localStorage.getItem(KEY) !== "off");

export const notifies = () => permission.value === "granted" && wanted.value;

function want(on) {
  wanted.value = on;
  localStorage.setItem(KEY, on ? "on" : "off");
}

export async function askToNotify() {
  permission.value = await Notification.requestPermission();
  want(true);
}

/** On or off; the browser is asked where it never was. */
export function toggleNotifying() {
  if (permission.value === "default") askToNotify();
  else want(!wanted.value);
}

function tell(title, ticket) {
  if (!notifies() || !document.hidden) return;
  const shown = new Notification(title, {
    body: t("notify.body", { room: ticket.room, no: ticket.no }), // a lock screen shows this: no viewer's words
    tag: `ticket-${ticket.id}`,
  });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
}

export function startNotifying() {
  onCalls((calls) => {
    const newest = calls.at(-1);
    if (newest) tell(t("notify.title", { reason: word("reason", newest.reason) }), newest);
  });
  onNews((ticket, change, before) => {
    const kind = tidings(ticket, change, before);
    if (kind) tell(t(`notify.${kind}`), ticket);
  });
}
