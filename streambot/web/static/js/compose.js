// The answer box: Enter sends, Shift+Enter breaks the line, and composing never sends.
import { effect, html, signal, useLayoutEffect, useRef, useState } from "../vendor/ui.js";
import { Blanks } from "./blanks.js";
import { Picker, useCanned } from "./canned.js";
import { act, forget, remarksOf } from "./commands.js";
import { draft, keepDraft } from "./drafts.js";
import { Icon } from "./icons.js";
import { t } from "./i18n.js";
import { Leftover } from "./leftover.js";
import { me } from "./page.js";
import { selected } from "./sections.js";
import { floor, rooms } from "./store.js";
import { writes as writesNow } from "./looking.js";
import { Suggested } from "./suggested.js";
import { fit } from "./thumb.js";
import { mayUndo, restored } from "./undo.js";
import { Wording, better, confirmable, useWording } from "./wording.js";

/** What the box writes: an answer, a note, or why a ticket is released. */
export const mode = signal("answer");

effect(() => {
  selected.value; // another ticket begins with its answer
  mode.value = "answer";
});

export const mayAnswer = (ticket) => ticket.owner === me && ["active", "waiting_viewer"].includes(ticket.state);

export function focusBox() {
  document.querySelector("#words")?.focus();
}

export function write(kind) {
  mode.value = kind;
  requestAnimationFrame(focusBox);
}

/** An input method still composes: this Enter chooses its words. */
export function composes(event) {
  return event.isComposing || event.keyCode === 229;
}

function Visibility({ ticket, room, value, choose }) {
  if (!room?.private) return ticket.private ? html`<span class="muted"><${Icon} name="lock" />${t("visibility.private")}</span>` : null;
  const one = (kind) => html`<label><input type="radio" name="visibility" value=${kind} checked=${value === kind}
      onChange=${() => choose(kind)} /><span>${t(`visibility.${kind}`)}</span></label>`;
  return html`<fieldset class="visibility"><legend class="sr">${t("visibility.legend")}</legend>${one("public")}${one("private")}</fieldset>`;
}

function Tabs({ kind, answers, ticket }) {
  const one = (name, enabled) => enabled && html`<button type="button" aria-pressed=${kind === name ? "true" : "false"}
      onClick=${() => write(name)}>${t(`compose.${name}`)}</button>`;
  return html`<div class="tabs">${one("answer", answers)}${one("note", true)}
    ${kind === "release" && one("release", ticket.owner !== null)}</div>`;
}

function fieldsOf(kind, text, seen, confirmed) {
  return kind === "answer" ? { text, visibility: seen, confirmed } : { note: text };
}

export function Compose({ ticket }) {
  floor.value;
  const room = rooms.get(ticket.room);
  const answers = mayAnswer(ticket);
  const kind = mode.value;
  const writes = kind !== "answer" || answers;
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [seen, setSeen] = useState("public");
  const box = useRef(null);
  useLayoutEffect(() => {
    setText(draft(kind, ticket.id));
    if (restored.value) focusBox();
  }, [kind, ticket.id, restored.value]);
  useLayoutEffect(() => setSeen(ticket.private ? "private" : "public"), [ticket.id]);
  const judged = kind === "answer" && writes;
  const wording = useWording(judged ? ticket.room : null, text, seen);
  const asked = useRef({ text: "", seen: "", rules: [] }); // warnings shown, for these very words
  /** Say these very words; whether it was done. */
  const say = async (words) => {
    const shown = asked.current;
    const same = shown.text === words && shown.seen === seen;
    setBusy(true);
    const done = await act(kind, ticket, fieldsOf(kind, words, seen, same ? shown.rules : []));
    setBusy(false);
    asked.current = { text: words, seen, rules: done ? [] : confirmable(remarksOf(ticket.id)) };
    if (done && kind === "answer") mayUndo(done, box.current?.value.trim() ? box.current.value : words);
    return done;
  };
  const keep = (words) => {
    setText(words);
    keepDraft(kind, ticket.id, words);
  };
  const submit = async () => {
    if (busy || !text.trim() || !(await say(text))) return;
    keep("");
    mode.value = "answer";
    focusBox();
  };
  /** A suggested answer, sent as it stands; refused, it waits in an empty box with the reasons. */
  const sendNow = async (words) => {
    if (busy || (await say(words))) return;
    if (!box.current?.value.trim()) keep(words);
    focusBox();
  };
  const change = (words) => {
    keep(words);
    writesNow();
    if (remarksOf(ticket.id).length) forget(ticket.id);
  };
  const canned = useCanned({ ticket: judged ? ticket : null, room, text, box, change, choose: setSeen });
  const put = (words) => {
    change(words);
    focusBox();
  };
  /** A suggested answer at the caret: what is written already is never lost. */
  const insert = (words) => {
    const { value, selectionEnd: at } = box.current; // newer than what was drawn
    put(value.trim() ? value.slice(0, at) + words + value.slice(at) : words);
  };
  const typed = (event) => {
    canned.typed(event.target.value);
    change(event.target.value);
  };
  const apply = () => {
    const words = better(wording);
    if (words === null) return;
    put(words);
  };
  const pressed = (event) => {
    if (judged && !composes(event) && canned.pressed(event)) return;
    if (event.altKey && event.code === "KeyG" && !composes(event)) {
      event.preventDefault();
      apply();
      return;
    }
    if (event.altKey && event.code === "KeyL" && judged && room?.private && !composes(event)) {
      event.preventDefault();
      setSeen(seen === "public" ? "private" : "public");
      return;
    }
    if (event.key !== "Enter" || event.shiftKey || event.altKey || composes(event)) return;
    event.preventDefault();
    submit();
  };
  return html`<form class="compose ${kind}" onSubmit=${(event) => { event.preventDefault(); submit(); }}>
    <div class="bar"><${Tabs} kind=${kind} answers=${answers} ticket=${ticket} />
      ${judged && html`<button type="button" class="quiet" onClick=${canned.start}>${t("canned.open")}<kbd>/</kbd></button>`}
      ${judged && html`<${Visibility} ticket=${ticket} room=${room} value=${seen} choose=${setSeen} />`}</div>
    <${Leftover} ticket=${ticket} />
    ${kind === "answer" && writes && room && !room.can_write && seen === "public" && html`<p class="hint">${t("compose.prompter")}</p>`}
    ${writes
      ? html`<label class="sr" for="words">${t(`compose.${kind}`)}</label>
        ${judged && html`<div class="offers"><${Suggested} key=${ticket.id} ticket=${ticket} put=${insert} send=${sendNow} /><${Picker} canned=${canned} /></div>`}
        <textarea id="words" ref=${box} rows="3" value=${text} readonly=${busy} placeholder=${t(`compose.${kind}_hint`)}
                  aria-describedby="wording" aria-controls=${canned.list} aria-activedescendant=${canned.active} onInput=${typed} onKeyDown=${pressed}></textarea>
        ${judged && html`<${Blanks} text=${text} box=${box} /><${Wording} remarks=${wording} waits=${confirmable(remarksOf(ticket.id)).length > 0} apply=${apply} />`}
        <div class="bar"><span class="muted">${fit("compose.enter")}</span>
          <button class="primary" type="submit" disabled=${busy || !text.trim()}>${t(confirmable(remarksOf(ticket.id)).length && judged
            ? "wording.confirm" : `compose.${kind}_send`)}</button></div>`
      : html`<p class="muted">${t(ticket.state === "queued" ? "compose.claim_first" : "compose.not_yours")}</p>`}
  </form>`;
}
