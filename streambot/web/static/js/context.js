// Beside the conversation: product on screen, the minute around the line, orders, earlier matters, mood.
import { html, signal, useEffect, useState } from "../vendor/ui.js";
import { Icon } from "./icons.js";
import { rule, t, told, word } from "./i18n.js";
import { ask } from "./page.js";
import { Reveal } from "./reveal.js";
import { select } from "./sections.js";
import { tickets } from "./store.js";
import { Said } from "./text.js";
import { timeOfDay } from "./time.js";

/** Wide and high screens have room for it, others fold it away: the conversation comes first. */
const wide = matchMedia("(min-width: 1360px) and (min-height: 860px)");
const open = signal(wide.matches);
wide.addEventListener("change", () => { open.value = wide.matches; });

function Mood({ mood }) {
  const evidence = mood.evidence.filter((one) => one.text).slice(0, 5);
  return html`<section class="mood" data-mood=${mood.mood}><h3>${t("context.mood")}</h3>
    <p><b>${word("mood", mood.mood)}</b>${mood.level && html` <span class="tag ${mood.mood === "angry" ? "grave" : ""}">${mood.level} ${t(`level.${mood.level}`)}</span>`}
    ${evidence.map((one) => html` <span><q><${Said} text=${one.text} /></q> <span class="muted">${rule(one.rule)}</span></span>`)}</p></section>`;
}

function Screen({ found }) {
  const product = found.on_screen;
  return html`<section class="shown"><h3>${t("context.screen")}</h3>
    <p>${product
      ? html`${product.link !== null && html`<span class="tag">${t("context.link", { link: product.link })}</span> `}<${Said} text=${product.name} />${product.price && html` <span class="muted">${product.price}</span>`}`
      : html`<span class="muted">${t("context.no_screen")}</span>`}</p></section>`;
}

function Around({ found, ticket }) {
  return html`<section class="around"><h3>${t("context.around")}</h3>
    ${found.around.length
      ? html`<ol tabindex="0" role="list" aria-label=${t("context.around")}>${found.around.map((line) => html`<li key=${line.id} class="${line.id === ticket.lines[0].id ? "this" : ""} ${line.ours ? "ours" : ""}">
          <time>${timeOfDay(line.at)}</time> <b>${line.ours ? t("line.assistant") : html`<${Said} text=${line.name} />`}</b> <${Said} text=${line.text} /></li>`)}</ol>`
      : html`<p class="muted">${t("context.no_around")}</p>`}</section>`;
}

const PERSONAL = ["order_id", "tracking_no", "name", "phone", "address"];

function Order({ order, ticket, mayReveal }) {
  return html`<li><p><b>${word("order", order.status)}</b> <${Said} text=${order.items} />${order.quantity > 1 && ` ×${order.quantity}`}</p>
    ${(order.carrier || order.ship_by || order.eta) && html`<p class="muted"><${Said} text=${[order.carrier, order.ship_by, order.eta].filter(Boolean).join(" · ")} /></p>`}
    <dl>${PERSONAL.filter((field) => order.fields[field]).map((field) => html`<${Reveal} key=${field} field=${field} order=${order} ticket=${ticket} may=${mayReveal} />`)}</dl></li>`;
}

function Orders({ found, ticket }) {
  return html`<section class="orders"><h3>${t("context.orders")}</h3>
    ${found.orders_down && html`<p class="hint">${t("context.orders_down")}</p>`}
    ${!found.orders_down && !found.orders.length && html`<p class="muted">${t("context.no_orders")}</p>`}
    <ul>${found.orders.map((order) => html`<${Order} key=${order.ref} order=${order} ticket=${ticket} mayReveal=${found.may_reveal} />`)}</ul></section>`;
}

function Earlier({ found }) {
  return html`<section class="earlier-tickets"><h3>${t("context.earlier")}</h3>
    ${found.earlier.length
      ? html`<ul>${found.earlier.map((each) => html`<li key=${each.id}>
          <p>${tickets.has(each.id) ? html`<button class="quiet" onClick=${() => select(each.id)}>#${each.no}</button>` : html`<span>#${each.no}</span>`}
            <b>${word("reason", each.reason)}</b> · ${each.outcome ? word("outcome", each.outcome) : word("state", each.state)}
            <span class="muted">${each.room} · <time>${new Date(each.queued_at).toLocaleDateString("zh-CN")}</time>${each.owner && ` · ${each.owner}`}</span>
            ${each.same_name && html` <span class="tag">${t("context.same_name")}</span>`}</p>
          <p class="line"><${Said} text=${each.text} /></p></li>`)}</ul>`
      : html`<p class="muted">${t("context.no_earlier")}</p>`}</section>`;
}

export function Context({ ticket }) {
  const [found, setFound] = useState(null);
  const [problem, setProblem] = useState(null);
  useEffect(() => {
    let wanted = true;
    ask(`/api/tickets/${encodeURIComponent(ticket.id)}/context`).then((answer) => {
      if (!wanted) return;
      setFound(answer.ok ? answer.value : null);
      setProblem(answer.ok ? null : answer.problem);
    });
    return () => { wanted = false; };
  }, [ticket.id, ticket.owner]);
  const toggled = (event) => { open.value = event.target.open; };
  return html`<details class="context" open=${open.value} onToggle=${toggled}>
    <summary><${Icon} name="book" />${t("context.title")}${found && !open.value && html` <span class="muted">${t("context.brief",
      { orders: found.orders.length, earlier: found.earlier.length })}</span>`}</summary>
    <div class="inside" tabindex="0" role="region" aria-label=${t("context.title")}>
      ${problem && html`<p class="refused" role="status">${told(problem)}</p>`}
      ${!found && !problem && html`<p class="muted">${t("console.loading")}</p>`}
      ${found && html`<${Mood} mood=${found.mood} /><${Screen} found=${found} /><${Orders} found=${found} ticket=${ticket} />
        <${Around} found=${found} ticket=${ticket} /><${Earlier} found=${found} />`}
    </div></details>`;
}
