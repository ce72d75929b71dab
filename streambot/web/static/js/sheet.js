// A small dialog that asks for something: opened by a signal, closed by Esc, its first field has the focus.
import { html, useEffect, useRef } from "../vendor/ui.js";
import { t } from "./i18n.js";

/** *open* is a signal: null while it is closed. */
export function Sheet({ id, open, title, children }) {
  const dialog = useRef(null);
  const shown = useRef(null);
  const about = open.value;
  // The browser tells of a close late: of one that is open again, it takes nothing back.
  const closed = () => {
    if (!dialog.current.open && open.value === shown.current) open.value = null;
  };
  useEffect(() => {
    const element = dialog.current;
    if (about !== null && !element.open) {
      shown.current = about;
      element.showModal();
      element.querySelector("[data-first]")?.focus();
    }
    if (about === null && element.open) element.close();
  }, [about]);
  return html`<dialog class="sheet" id=${id} ref=${dialog} aria-labelledby=${`${id}-title`} onClose=${closed}>
    ${about !== null && html`<header><h2 id=${`${id}-title`}>${title}</h2>
      <button type="button" class="quiet" onClick=${() => { open.value = null; }}>${t("help.close")}</button></header>${children}`}
  </dialog>`;
}
