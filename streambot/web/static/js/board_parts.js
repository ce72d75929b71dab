// Parts of the host's board beside the questions: who came in, orders, tickets, the product on screen.
import { html } from "../vendor/ui.js";
import { about, arrivals, orders, press, tickets } from "./board_link.js";
import { t, word } from "./i18n.js";
import { Said } from "./text.js";
import { now, span } from "./time.js";

const ago = (iso) => span(now.value - Date.parse(iso));

function Who({ name }) {
  return name ? html`<b><${Said} text=${name} /></b>` : html`<b>${t("board.somebody")}</b>`;
}

export function Arrivals({ most = 8 }) {
  const of = arrivals.value;
  if (!of) return null;
  const newest = of.newest.slice(-most).reverse();
  return html`<section class="arrivals" aria-labelledby="arrivals">
    <h2 id="arrivals">${t("board.arrivals")} <span class="count">${of.count}</span></h2>
    <p class="names">${newest.length ? newest.map((each) => html`<span key=${each.at + each.name}><${Said} text=${each.name} /></span>`) : t("board.nobody_yet")}</p>
  </section>`;
}

function TicketRow({ of }) {
  return html`<li class=${of.priority <= 1 ? "urgent" : ""}>
    <span class="tag">${word("reason", of.reason)}</span> <${Who} name=${of.name} />${" "}
    <span class="muted">#${of.no} · ${t("board.waits", { span: ago(of.since) })}</span>
    ${of.text && html`<p><${Said} text=${of.text} /></p>`}</li>`;
}

export function Tickets() {
  const of = tickets.value;
  if (!of) return null;
  return html`<section class="tickets" aria-labelledby="tickets">
    <h2 id="tickets">${t("board.tickets")} <span class="count">${of.waiting}</span></h2>
    ${of.items.length ? html`<ul>${of.items.map((each) => html`<${TicketRow} key=${each.no} of=${each} />`)}</ul>` : html`<p class="muted">${t("board.no_tickets")}</p>`}
  </section>`;
}

export function Orders() {
  const of = orders.value;
  if (!of) return null;
  const count = of.tickets.length + of.wrong.length;
  return html`<section class="orders" aria-labelledby="orders">
    <h2 id="orders">${t("board.orders")} <span class="count">${count}</span></h2>
    ${count ? html`<ul>
      ${of.tickets.map((each) => html`<${TicketRow} key=${each.no} of=${each} />`)}
      ${of.wrong.map((each) => html`<li key=${each.at + each.status}><span class="tag">${word("order", each.status)}</span> <${Who} name=${each.name} />${" "}
        <span class="muted">${t("board.ago", { span: ago(each.at) })}</span></li>`)}
    </ul>` : html`<p class="muted">${t("board.no_orders")}</p>`}
  </section>`;
}

export function Product() {
  const of = about.value;
  if (!of || (!of.products.length && of.shown === null)) return null;
  const named = (each) => (each.link === null ? each.name : t("screen.link", { link: each.link, name: each.name }));
  return html`<label class="product">${t("screen.title")}
    <select onChange=${(event) => press({ product: event.target.value || null })}>
      <option value="" selected=${of.shown === null}>${t("screen.none")}</option>
      ${of.products.map((each) => html`<option key=${each.id} value=${each.id} selected=${each.id === of.shown}>${named(each)}</option>`)}
    </select></label>`;
}
