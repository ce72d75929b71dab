// Ctrl+K: everything an agent can do, found by its name, its English or its pinyin initials.
import { html, signal, useState } from "../vendor/ui.js";
import { act } from "./commands.js";
import { composes, focusBox, write } from "./compose.js";
import { toggleHelp } from "./help.js";
import { either, t } from "./i18n.js";
import { notifies, permission, toggleNotifying } from "./notify.js";
import { logOut, maySwitch } from "./page.js";
import { toggleBreak } from "./presence.js";
import { decline, take } from "./queue.js";
import { toggleShown } from "./rooms.js";
import { pane, step, ticket as current } from "./sections.js";
import { Sheet } from "./sheet.js";
import { snoozing } from "./snooze.js";
import { toggleSound } from "./sound.js";
import { tickets } from "./store.js";
import { isMine, mayEnd, mayTakeOver, resolve } from "./ticket.js";
import { otherLanguage } from "./title.js";
import { transferring } from "./transfer.js";
import { undo, undoable } from "./undo.js";

const opened = signal(null);

const waits = (of) => ["queued", "offered"].includes(of.state);

/** name: its pinyin initials, when it can be done, and what it does. */
const DEEDS = [
  { name: "take", initials: "js", may: (of) => of && waits(of), run: take },
  { name: "decline", initials: "bj", may: (of) => of?.offered_to && waits(of), run: decline },
  { name: "answer", initials: "hf", may: (of) => of && isMine(of), run: () => { pane.value = "ticket"; write("answer"); } },
  { name: "note", initials: "bz", may: (of) => of, run: () => { pane.value = "ticket"; write("note"); } },
  { name: "undo", initials: "ch", may: () => undoable.value, run: undo },
  { name: "resolve", initials: "jj", may: (of) => of && mayEnd(of), run: resolve },
  { name: "transfer", initials: "zj", may: (of) => of && isMine(of), run: (of) => { transferring.value = of; } },
  { name: "snooze", initials: "zt", may: (of) => of && isMine(of) && of.state !== "paused", run: (of) => { snoozing.value = of; } },
  { name: "wake", initials: "hx", may: (of) => of && isMine(of) && of.state === "paused", run: (of) => act("wake", of) },
  { name: "release", initials: "fh", may: (of) => of && mayEnd(of), run: () => { pane.value = "ticket"; write("release"); } },
  { name: "take_over", initials: "jg", may: (of) => of && mayTakeOver(of), run: (of) => act("take_over", of) },
  { name: "next", initials: "xyz", may: () => tickets.size > 0, run: () => step(1) },
  { name: "previous", initials: "syz", may: () => tickets.size > 0, run: () => step(-1) },
  { name: "break", initials: "xx", may: () => true, run: toggleBreak },
  { name: "mode", initials: "jm", may: () => maySwitch, run: toggleShown },
  { name: "sound", initials: "sy", may: () => true, run: toggleSound },
  { name: "notify_on", initials: "zmtz", may: () => !notifies() && ["default", "granted"].includes(permission.value), run: toggleNotifying },
  { name: "notify_off", initials: "zmtz", may: notifies, run: toggleNotifying },
  { name: "language", initials: "yy", may: () => true, run: otherLanguage },
  { name: "log_out", initials: "tc", may: () => true, run: logOut },
  { name: "help", initials: "kjj", may: () => true, run: toggleHelp },
];

export function openPalette() {
  opened.value = {};
}

function fits(deed, typed) {
  const wanted = typed.trim().toLowerCase();
  return !wanted || deed.initials.startsWith(wanted) || either(`palette.${deed.name}`).some((each) => each.toLowerCase().includes(wanted));
}

function Form() {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const of = current.value;
  const found = DEEDS.filter((deed) => deed.may(of) && fits(deed, typed));
  const chosen = Math.min(at, found.length - 1);
  const run = (deed) => {
    opened.value = null;
    if (deed) deed.run(of);
    else focusBox();
  };
  const pressed = (event) => {
    if (composes(event)) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by && event.key !== "Enter") return;
    event.preventDefault();
    if (by) setAt(Math.min(found.length - 1, Math.max(0, chosen + by)));
    else if (found.length) run(found[chosen]);
  };
  return html`<label class="sr" for="palette-words">${t("palette.search")}</label>
    <input id="palette-words" data-first role="combobox" aria-expanded="true" aria-controls="palette-list" autocomplete="off"
      aria-activedescendant=${found.length ? `deed-${found[chosen].name}` : undefined} placeholder=${t("palette.search")} value=${typed}
      onInput=${(event) => { setTyped(event.target.value); setAt(0); }} onKeyDown=${pressed} />
    <ul id="palette-list" role="listbox" aria-label=${t("palette.title")}>${found.map((deed, number) => html`<li key=${deed.name}
      id=${`deed-${deed.name}`} role="option" aria-selected=${number === chosen ? "true" : "false"} onClick=${() => run(deed)}>
      ${t(`palette.${deed.name}`)} <kbd>${deed.initials}</kbd></li>`)}</ul>
    ${!found.length && html`<p class="muted">${t("palette.nothing")}</p>`}`;
}

export function Palette() {
  return html`<${Sheet} id="palette" open=${opened} title=${t("palette.title")}><${Form} /></${Sheet}>`;
}
