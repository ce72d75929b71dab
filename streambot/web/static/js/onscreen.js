// The product on screen: what viewers mean by 这个; anybody at the desk may say which it is.
import { html, signal } from "../vendor/ui.js";
import { t } from "./i18n.js";
import { get, post } from "./page.js";

/** Each room's products, with how many there were when they were fetched. */
const lists = signal(new Map());

const path = (room) => `/api/rooms/${encodeURIComponent(room)}`;

/** Fetch a room's products where the book may have changed them. */
async function load(of) {
  const known = lists.value.get(of.room);
  if (known && known.count === of.products && known.shown === of.shown) return;
  lists.value = new Map(lists.value).set(of.room, { ...(known ?? { products: [] }), count: of.products, shown: of.shown });
  const answer = await get(`${path(of.room)}/products`);
  if (!answer) return;
  lists.value = new Map(lists.value).set(of.room, { count: of.products, shown: of.shown, products: answer.products });
}

function named(product) {
  return product.link === null ? product.name : t("screen.link", { link: product.link, name: product.name });
}

/** A small control of a room that has products; *refused* hears why a choice wasn't taken. */
export function OnScreen({ of, refused }) {
  if (!of.products && of.shown === null) return null;
  load(of);
  const products = lists.value.get(of.room)?.products ?? [];
  const gone = of.shown !== null && !products.some((each) => each.id === of.shown);
  const show = async (event) => refused(await post(`${path(of.room)}/product`, { product: event.target.value || null }));
  return html`<label class="screen" title=${t("screen.hint")}>${t("screen.title")}
    <select onChange=${show} onFocus=${() => load(of)}>
      <option value="" selected=${of.shown === null}>${t("screen.none")}</option>
      ${gone && html`<option value=${of.shown} selected>${of.shown}</option>`}
      ${products.map((each) => html`<option key=${each.id} value=${each.id} selected=${each.id === of.shown}>${named(each)}</option>`)}
    </select></label>`;
}
