// The conversation of a ticket, every answer with what became of it, in words.
import { html, useEffect, useRef } from "../vendor/ui.js";
import { openCard } from "./card.js";
import { mayAnswer, write } from "./compose.js";
import { history } from "./history.js";
import { Icon } from "./icons.js";
import { t, word } from "./i18n.js";
import { Said } from "./text.js";
import { timeOfDay } from "./time.js";
import { putBack } from "./undo.js";

const DONE = new Set(["sent"]);
const OPEN = new Set(["queued", "sending", "shown"]);
// Taken back by hand: its words are in the box already.
const LOST = new Set(["held", "refused", "uncertain", "expired"]);

function State({ state }) {
  const kind = DONE.has(state) ? "sent" : OPEN.has(state) ? "open" : "failed";
  return html`<span class="state ${kind}" data-state=${state}>
    ${kind === "failed" && html`<${Icon} name="alert" />`}${word("reply", state)}
  </span>`;
}

function Line({ item, ticket }) {
  const opening = item.id === ticket.lines[0].id;
  const earlier = !opening && !ticket.lines.some((line) => line.id === item.id) && item.at < ticket.queued_at;
  return html`<li class="said-by viewer ${earlier ? "earlier" : ""}">
    <p class="by"><b><${Said} text=${ticket.viewer.name} /></b> <time>${timeOfDay(item.at)}</time>
      ${opening && html`<span class="tag">${t("thread.opening")}</span>`}
      ${earlier && html`<span class="muted">${t("thread.earlier")}</span>`}
      <button class="ask quiet" onClick=${() => openCard({ room: ticket.room, text: item.text, event: item.id })}
        title=${t("why.hint")}>${t("why.button")}</button></p>
    <p class="words"><${Said} text=${item.text} evidence=${ticket.evidence} /></p>
  </li>`;
}

function Reply({ item, ticket }) {
  const human = item.as === "agent";
  const again = human && item.text && LOST.has(item.state) && mayAnswer(ticket);
  return html`<li class="said-by ${item.as}">
    <p class="by"><${Icon} name=${human ? "person" : "bot"} />
      <b>${human ? item.author ?? t("thread.agent") : t("thread.assistant")}</b>
      <time>${timeOfDay(item.at)}</time> <${State} state=${item.state} />
      ${again && html`<button class="again" onClick=${() => { putBack(ticket.id, item.text); write("answer"); }}>${t("thread.again")}</button>`}</p>
    <p class="words">${item.text ? html`<${Said} text=${item.text} />` : t("thread.welcome")}</p>
  </li>`;
}

function actor(item) {
  return ["viewer", "assistant", "platform", "clock"].includes(item.actor) ? t(`actor.${item.actor}`) : item.actor;
}

function Note({ item }) {
  return html`<li class="said-by note">
    <p class="by"><${Icon} name="note" /> <b>${actor(item)}</b> ${t("thread.noted")} <time>${timeOfDay(item.at)}</time></p>
    <p class="words"><${Said} text=${item.text} /></p>
  </li>`;
}

/** A supervisor's words to the ticket's owner alone. */
function Whisper({ item }) {
  return html`<li class="said-by whisper">
    <p class="by"><${Icon} name="person" /> <b>${actor(item)}</b> ${t("thread.whispered")} <time>${timeOfDay(item.at)}</time></p>
    <p class="words"><${Said} text=${item.text} /></p>
  </li>`;
}

function Event({ item }) {
  const outcome = item.event === "resolve" && item.outcome ? `：${word("outcome", item.outcome)}` : "";
  const why = ["release", "resolve"].includes(item.event) && item.text;
  return html`<li class="event"><time>${timeOfDay(item.at)}</time>
    <span>${item.actor !== "clock" && `${actor(item)} `}${word("event", item.event)}${outcome}${why && html`：<${Said} text=${item.text} />`}</span>
  </li>`;
}

const AS = { viewer: Line, agent: Reply, assistant: Reply, note: Note, whisper: Whisper, event: Event };

export function Thread({ ticket }) {
  const list = useRef(null);
  const read = history.value;
  const items = read?.ticket === ticket.id ? read.items : [];
  useEffect(() => {
    list.current.scrollTop = list.current.scrollHeight;
  }, [ticket.id, items.length]);
  useEffect(() => {
    // Remarks and offers come and go below it: who reads the end goes on reading the end.
    let end = true;
    const { current } = list;
    const scrolled = () => { end = current.scrollHeight - current.clientHeight - current.scrollTop < 8; };
    const resized = new ResizeObserver(() => { if (end) current.scrollTop = current.scrollHeight; });
    current.addEventListener("scroll", scrolled);
    resized.observe(current);
    return () => {
      current.removeEventListener("scroll", scrolled);
      resized.disconnect();
    };
  }, []);
  return html`<div class="thread" ref=${list} tabindex="0" role="region" aria-label=${t("thread.title")}>
    ${read?.failed && html`<p class="refused" role="status">${t("thread.failed")}</p>`}
    <ol>${items.map((item) => html`<${AS[item.as]} key=${item.id} item=${item} ticket=${ticket} />`)}</ol>
  </div>`;
}
