// The silent view: a ticket's conversation as its agent sees it; this page never says what it looks at.
import { html, signal } from "../vendor/ui.js";
import { t, told, word } from "./i18n.js";
import { ask } from "./page.js";
import { select, selected, ticket as current } from "./sections.js";
import { Said } from "./text.js";
import { Thread } from "./thread.js";

const problem = signal(null);

/** Open a ticket unseen by whoever has it; that is kept in the audit. */
export async function watch(id) {
  const answer = await ask(`/api/tickets/${encodeURIComponent(id)}/look`, {});
  problem.value = answer.ok ? null : answer.problem;
  if (answer.ok) select(id);
}

function opened(dialog) {
  if (dialog && !dialog.open) dialog.showModal();
}

export function Watch() {
  const ticket = current.value;
  if (problem.value) return html`<p class="bad" role="alert">${told(problem.value)}</p>`;
  if (!selected.value || !ticket) return null;
  return html`<dialog class="watch" ref=${opened} aria-labelledby="watch-title" onClose=${() => select(null)}>
    <header><h2 id="watch-title">#${ticket.no} <${Said} text=${ticket.viewer.name} /></h2>
      <button onClick=${() => select(null)}>${t("watch.close")}</button></header>
    <p>${word("state", ticket.state)} · ${ticket.owner ?? t("ticket.nobodys")} · ${t("watch.unseen")}</p>
    <${Thread} ticket=${ticket} />
  </dialog>`;
}
