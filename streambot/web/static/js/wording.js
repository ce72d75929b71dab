// What the guard says of an answer while it is written: held, to be confirmed, or said better.
import { html, useEffect, useState } from "../vendor/ui.js";
import { check } from "./commands.js";
import { t, told } from "./i18n.js";
import { Said } from "./text.js";
import { fit } from "./thumb.js";

const PAUSE = 250; // ms without a key before the words are judged

/** The guard's remarks on *text*; those on older words are never shown for newer ones. */
export function useWording(room, text, visibility) {
  const [found, setFound] = useState({ text: "", remarks: [] });
  useEffect(() => {
    if (room === null || !text.trim()) return undefined;
    let wanted = true;
    const timer = setTimeout(async () => {
      const remarks = await check(room, text, visibility);
      if (wanted) setFound({ text, remarks });
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [room, text, visibility]);
  return room !== null && found.text === text ? found.remarks : [];
}

/** The rules that only want to be answered for; none while a word holds the line anyway. */
export function confirmable(remarks) {
  if (remarks.some((each) => each.severity === "error")) return [];
  return [...new Set(remarks.filter((each) => each.severity === "warning").map((each) => each.rule))];
}

/** The whole text as the first remark that knows better would have it, or null. */
export function better(remarks) {
  return remarks.find((each) => each.corrected !== null)?.corrected ?? null;
}

export function Wording({ remarks, waits, apply }) {
  const words = better(remarks);
  const rules = new Set();
  const shown = remarks.filter((each) => !rules.has(each.rule) && rules.add(each.rule));
  return html`<div id="wording" class="wording" aria-live="polite" tabindex=${shown.length ? 0 : undefined}>
    ${shown.map((each) => html`<p key=${each.rule} class=${each.severity}><b>${t(`wording.${each.severity}`)}</b> ${told(each)}</p>`)}
    ${waits && html`<p class="warning asks">${fit("wording.again")}</p>`}
    ${words !== null && html`<p class="better"><button type="button" onClick=${apply}>${t("wording.apply")}<kbd>Alt+G</kbd></button>
      <q><${Said} text=${words} /></q></p>`}
  </div>`;
}
