// Words for a thumb: a phone or a tablet has no keys to press, and on one column nothing is on the left.
import { signal } from "../vendor/ui.js";
import { t } from "./i18n.js";

/** The same question that base.css asks before it makes targets larger. */
const asked = matchMedia("(max-width: 719px), (pointer: coarse)");
export const byThumb = signal(asked.matches);
asked.addEventListener("change", () => { byThumb.value = asked.matches; });

/** The words of a key; where a thumb does it, those that name no key of a keyboard. */
export function fit(key) {
  return t(byThumb.value ? `${key}.thumb` : key);
}
