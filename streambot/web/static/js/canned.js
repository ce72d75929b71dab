// Canned replies: a slash in the empty box, or Alt+/ anywhere in it, searches; Enter puts one in.
import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/ui.js";
import { blanksOf, nextBlank } from "./blanks.js";
import { t } from "./i18n.js";
import { get } from "./page.js";
import { countUse, ranked, timesUsed } from "./replysearch.js";
import { Said } from "./text.js";
import { fit } from "./thumb.js";

const SHOWN = 8;
const SLASHES = ["/", "／", "、"]; // the last is what a Chinese input method makes of the key
const CHOOSE = ["Enter", "Tab"];

const opensWith = (text) => SLASHES.includes(text[0]);

async function load(ticket) {
  const found = await get(`/api/rooms/${encodeURIComponent(ticket.room)}/replies?ticket=${encodeURIComponent(ticket.id)}`);
  return found?.replies ?? null;
}

/** The replies for a ticket, fetched as its box appears and again at each opening: merchants edit them. */
function useReplies(ticket, room, open) {
  const [replies, setReplies] = useState({ of: null, list: null });
  const asked = useRef(null);
  useEffect(() => {
    if (ticket === null) return undefined;
    let wanted = true;
    asked.current = load(ticket).then((list) => {
      if (wanted && list) setReplies({ of: ticket.id, list });
      return list;
    });
    return () => { wanted = false; };
  }, [ticket?.id, open]);
  const usable = (list) => (list ?? []).filter((each) => each.visibility !== "private" || room?.private || ticket?.private);
  const here = replies.of === ticket?.id ? replies.list : null;
  return { list: here && usable(here), later: async () => usable(await asked.current) };
}

/** What a search stands in: from its slash up to the caret. */
function searched(text, at, box) {
  if (at === null || !opensWith(text.slice(at))) return null;
  const caret = box?.selectionEnd ?? text.length;
  const end = caret > at ? caret : text.length;
  const words = text.slice(at + 1, end);
  return words.includes("\n") ? null : { words, end };
}

/** The picker beside the answer box; ticket null: there is none now. */
export function useCanned({ ticket, room, text, box, change, choose }) {
  const [at, setAt] = useState(null); // where the slash stands
  const [place, setPlace] = useState(0); // which row is chosen
  const search = ticket === null ? null : searched(text, at, box.current);
  const open = search !== null;
  const replies = useReplies(ticket, room, open);
  const rows = open && replies.list ? ranked(replies.list, search.words).slice(0, SHOWN) : [];
  // Before the next key: an effect behind the paint would undo its choice.
  useLayoutEffect(() => setAt(null), [ticket?.id]);
  useLayoutEffect(() => setPlace(0), [search?.words, open]);
  /** Into the box at once, not when it is drawn: the next key may already be on its way. */
  const write = (words, caret) => {
    box.current.value = words;
    box.current.focus();
    box.current.setSelectionRange(caret, caret);
    change(words);
  };
  const put = (reply) => {
    const variant = reply.texts[timesUsed(reply.id) % reply.texts.length];
    const words = text.slice(0, at) + variant.text + text.slice(search.end);
    const end = at + variant.text.length;
    countUse(reply.id);
    if (reply.visibility === "private") choose("private");
    setAt(null);
    write(words, end);
    nextBlank(box.current, at);
  };
  const pick = async () => {
    if (replies.list) {
      if (rows[place]) put(rows[place]);
      return;
    }
    const best = ranked(await replies.later(), search.words)[0]; // quicker than the network
    if (best) put(best);
  };
  /** Alt+/ or the button: a search at the caret, whatever is written already. */
  const start = () => {
    const caret = box.current?.selectionEnd ?? text.length;
    setAt(caret);
    write(`${text.slice(0, caret)}/${text.slice(caret)}`, caret + 1);
  };
  /** Words as they are typed: a slash alone in the box opens. */
  const typed = (words) => {
    if (ticket === null) return;
    if (text === "" && words.length === 1 && opensWith(words)) setAt(0);
    else if (words === "") setAt(null);
  };
  /** Whether a key was the picker's. */
  const pressed = (event) => {
    if (event.altKey && event.code === "Slash") {
      event.preventDefault();
      if (!open) start();
      return true;
    }
    if (!open) return event.key === "Tab" && !event.shiftKey && blanksOf(text).length > 0 && takes(event, () => nextBlank(box.current));
    if (event.key === "ArrowDown") return takes(event, () => setPlace(Math.min(place + 1, rows.length - 1)));
    if (event.key === "ArrowUp") return takes(event, () => setPlace(Math.max(place - 1, 0)));
    if (event.key === "Escape") return takes(event, () => close());
    if (CHOOSE.includes(event.key) && !event.shiftKey && !event.altKey) return takes(event, pick);
    return false;
  };
  const close = () => {
    if (text.trim().length <= 1) change("");
    setAt(null);
  };
  const shown = rows.length > 0;
  return {
    open, rows, place, put, start, typed, pressed, loading: open && !replies.list,
    list: shown ? "canned" : undefined, active: shown ? `canned-${place}` : undefined,
  };
}

function takes(event, act) {
  event.preventDefault();
  event.stopPropagation(); // Esc would leave the box
  act();
  return true;
}

function Row({ reply, chosen, put, id }) {
  const row = useRef(null);
  useEffect(() => { if (chosen) row.current.scrollIntoView({ block: "nearest" }); }, [chosen]);
  const variant = reply.texts[timesUsed(reply.id) % reply.texts.length];
  const down = (event) => event.preventDefault(); // the box keeps its caret, a phone its keyboard
  return html`<li id=${id} ref=${row} role="option" aria-selected=${chosen ? "true" : "false"} onMouseDown=${down} onClick=${() => put(reply)}>
    <b>${reply.title}</b>${reply.shortcut && html` <kbd>/${reply.shortcut}</kbd>`}
    ${reply.visibility === "private" && html` <span class="tag">${t("visibility.private")}</span>`}
    <span class="reply"><${Said} text=${variant.text} /></span></li>`;
}

export function Picker({ canned }) {
  if (!canned.open) return null;
  return html`<div class="picker">
    ${canned.rows.length > 0 && html`<ul id="canned" role="listbox" tabindex="0" aria-label=${t("canned.title")}>
      ${canned.rows.map((reply, at) => html`<${Row} key=${reply.id} id=${`canned-${at}`} reply=${reply}
        chosen=${at === canned.place} put=${canned.put} />`)}</ul>`}
    <p class="muted" role="status">${canned.loading ? t("canned.loading") : fit(canned.rows.length ? "canned.keys" : "canned.none")}</p>
  </div>`;
}
