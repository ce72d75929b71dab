// What the book would answer here: Alt and a digit puts it into the box, with Shift it is sent at once.
import { html, useEffect, useLayoutEffect, useState } from "../vendor/ui.js";
import { t } from "./i18n.js";
import { get } from "./page.js";
import { Said } from "./text.js";

/** What the keys reach: the suggestions above the box, and what may be done with them. */
const standing = { list: [], put: null, send: null };

/** Alt+1..3, with Shift sent at once; nothing where nothing has that number. */
export function chooseSuggested(number, atOnce) {
  const found = standing.list[number - 1];
  if (found) (atOnce ? standing.send : standing.put)(found.text);
}

/** The suggestions for a ticket, asked again with every line of its viewer. */
function useSuggested(ticket) {
  const [found, setFound] = useState([]);
  useEffect(() => {
    let wanted = true;
    get(`/api/tickets/${encodeURIComponent(ticket.id)}/suggested`).then((answer) => {
      if (wanted) setFound(answer?.suggested ?? []);
    });
    return () => { wanted = false; };
  }, [ticket.id, ticket.lines.at(-1)?.id]);
  return found;
}

export function Suggested({ ticket, put, send }) {
  const list = useSuggested(ticket);
  useLayoutEffect(() => { Object.assign(standing, { list, put, send }); });
  useLayoutEffect(() => () => { standing.list = []; }, []);
  if (!list.length) return null;
  return html`<section class="suggested" aria-label=${t("suggested.title")}>
    ${list.map((each, at) => html`<div key=${each.entry} class="suggestion">
      <button type="button" class="reply" title=${t("suggested.put", { question: each.question })} onClick=${() => put(each.text)}>
        <kbd>Alt+${at + 1}</kbd><span><${Said} text=${each.text} /></span><span class="muted">${t(`suggested.${each.sureness}`)}</span></button>
      <button type="button" onClick=${() => send(each.text)} title=${`Alt+Shift+${at + 1}`}>${t("suggested.send")}</button>
    </div>`)}
  </section>`;
}
