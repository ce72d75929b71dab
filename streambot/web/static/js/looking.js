// Who else looks at a ticket or writes on it; and telling the others the same of us.
import { computed, effect, html } from "../vendor/ui.js";
import { onOpen, send } from "./feed.js";
import { Icon } from "./icons.js";
import { t } from "./i18n.js";
import { me } from "./page.js";
import { selected } from "./sections.js";
import { stage } from "./store.js";

const STILL = 4000; // ms without a key: nobody is writing any more

let typing = false;
let timer = 0;

function tell() {
  send({ type: "at", v: 1, ticket: selected.peek(), typing });
}

function stop() {
  clearTimeout(timer);
  if (!typing) return;
  typing = false;
  tell();
}

/** A key was pressed in an answer or a note. */
export function writes() {
  clearTimeout(timer);
  timer = setTimeout(stop, STILL);
  if (typing) return;
  typing = true;
  tell();
}

export function startLooking() {
  effect(() => {
    selected.value;
    clearTimeout(timer);
    typing = false;
    tell();
  });
  onOpen(tell);
}

const byTicket = computed(() => {
  const found = new Map();
  for (const each of stage.value.looking) {
    if (each.agent === me) continue;
    found.set(each.ticket, [...(found.get(each.ticket) ?? []), each]);
  }
  return found;
});

export function Lookers({ ticket }) {
  const others = byTicket.value.get(ticket.id);
  if (!others) return null;
  const of = (kind) => others.filter((each) => Boolean(each.typing) === kind).map((each) => each.agent).join("、");
  const [types, looks] = [of(true), of(false)];
  return html`<span class="lookers ${types ? "typing" : ""}"><${Icon} name="people" />${[types && t("looking.types", { names: types }), looks && t("looking.looks", { names: looks })].filter(Boolean).join(" · ")}</span>`;
}
