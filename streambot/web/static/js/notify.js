// Desktop notifications for new handoffs in a hidden tab; asked for by a button, never by the page itself.
import { signal } from "../vendor/ui.js";
import { t, word } from "./i18n.js";
import { onCalls } from "./store.js";

// Browsers offer them on localhost and HTTPS alone.
const possible = window.isSecureContext && "Notification" in window;

/** "default": may be asked for; else what was decided, or "none" where there are none. */
export const permission = signal(possible ? Notification.permission : "none");

export async function askToNotify() {
  permission.value = await Notification.requestPermission();
}

function tell(ticket) {
  const shown = new Notification(t("notify.title", { reason: word("reason", ticket.reason) }), {
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
    if (permission.value === "granted" && document.hidden && calls.length) tell(calls.at(-1));
  });
}
