// A line's card: why it was dealt with so, and which entry it belongs to; opened from any line.
import { html, signal, useEffect, useRef } from "../vendor/ui.js";
import { t } from "./i18n.js";
import { Said } from "./text.js";
import { Teach } from "./teach.js";
import { Why } from "./why.js";

/** {room, text, event?, suggestion?}: what the card is about; null while it is closed. */
export const card = signal(null);

let opened = 0;

export function openCard(about) {
  opened += 1;
  card.value = { ...about, key: opened };
}

function close() {
  card.value = null;
}

export function Card() {
  const about = card.value;
  const dialog = useRef(null);
  useEffect(() => {
    const element = dialog.current;
    if (about && !element.open) element.showModal();
    if (!about && element.open) element.close();
  }, [about]);
  return html`<dialog id="card" ref=${dialog} aria-labelledby="card-title" onClose=${close}>
    ${about && html`<div key=${about.key} class="card">
      <header><h2 id="card-title"><${Said} text=${about.text} /></h2>
        <button class="quiet" onClick=${close}>${t("help.close")}</button></header>
      <${Why} about=${about} />
      <${Teach} about=${about} done=${close} />
    </div>`}
  </dialog>`;
}
