// Keys by their place on the keyboard; plain ones never while somebody types.
import { composes, focusBox, mayAnswer, write } from "./compose.js";
import { toggleHelp } from "./help.js";
import { copy, settle } from "./prompter.js";
import { mayTake, take } from "./queue.js";
import { toggleMode, toggleShown } from "./rooms.js";
import { pane, sections, step, ticket } from "./sections.js";
import { chooseSuggested } from "./suggested.js";
import { openPalette } from "./palette.js";
import { toggleBreak } from "./presence.js";
import { snoozing } from "./snooze.js";
import { isMine, mayEnd, resolve } from "./ticket.js";
import { transferring } from "./transfer.js";
import { undo } from "./undo.js";

const on = (what) => () => ticket.value && what(ticket.value);

function takeNext() {
  const of = ticket.value;
  const offered = sections.value.find((each) => each.name === "offered").rows[0];
  if (of && ["queued", "offered"].includes(of.state)) take(of);
  else if (offered) take(offered.ticket);
  else {
    const next = sections.value.find((each) => each.name === "waiting").rows.find((row) => mayTake(row.ticket));
    if (next) take(next.ticket);
  }
}

function note() {
  pane.value = "ticket";
  write("note");
}

function answer(of) {
  pane.value = "ticket";
  if (mayAnswer(of)) write("answer");
  else focusBox();
}

/** With Alt anywhere; those marked plain also without, outside of text fields. */
const KEYS = {
  KeyJ: { run: () => step(1), plain: true },
  KeyK: { run: () => step(-1), plain: true },
  KeyT: { run: takeNext },
  KeyE: { run: on((of) => mayEnd(of) && resolve(of)) },
  KeyP: { run: on(note) },
  KeyR: { run: on(answer), plain: true },
  KeyC: { run: () => copy(), plain: true },
  KeyS: { run: () => settle("said"), plain: true },
  KeyX: { run: () => settle("skip"), plain: true },
  KeyU: { run: undo, plain: true },
  KeyB: { run: toggleBreak },
  KeyM: { run: on((of) => { if (isMine(of)) transferring.value = of; }) },
  KeyZ: { run: on((of) => { if (isMine(of) && of.state !== "paused") snoozing.value = of; }) },
};
for (let number = 1; number <= 9; number += 1) {
  KEYS[`Digit${number}`] = { run: (alt) => (alt ? chooseSuggested(number, false) : toggleMode(number)), plain: true };
}
/** With Alt and Shift, anywhere. */
const SHIFTED = { KeyM: () => toggleShown() };
for (let number = 1; number <= 3; number += 1) {
  SHIFTED[`Digit${number}`] = () => chooseSuggested(number, true);
}

function types(target) {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

function pressed(event) {
  if (composes(event) || event.repeat) return;
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK" && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  const typing = types(event.target);
  if (event.key === "Escape" && typing) {
    event.target.blur();
  } else if (!typing && !event.altKey && (event.key === "?" || (event.code === "Slash" && event.shiftKey))) {
    event.preventDefault();
    toggleHelp();
  } else {
    const shifted = event.shiftKey && event.altKey ? SHIFTED[event.code] : undefined;
    const key = KEYS[event.code];
    if (!shifted && (!key || event.shiftKey || (!event.altKey && (typing || !key.plain)))) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (shifted) shifted();
    else key.run(event.altKey);
  }
}

export function startKeys() {
  addEventListener("keydown", pressed);
}
