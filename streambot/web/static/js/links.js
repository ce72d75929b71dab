// Links to boards and hooks: made here, shown once, revoked here.
import { t } from "./i18n.js";
import { begin, send } from "./plain.js";

const problem = document.querySelector("#problem");
const made = document.querySelector("#made");

/** Show what was made this once; the page is read anew when it is put away. */
function show(room, link) {
  const board = `${location.origin}/board/${encodeURIComponent(room)}`;
  made.querySelector("#made-screen").value = `${board}#${link.token}`;
  made.querySelector("#made-obs").value = `${board}?view=obs#${link.token}`;
  made.querySelector("#made-token").value = link.token;
  for (const part of made.querySelectorAll(".screen")) part.hidden = link.scope !== "board";
  for (const part of made.querySelectorAll(".hook")) part.hidden = link.scope !== "hook";
  made.addEventListener("close", () => location.reload(), { once: true });
  made.showModal();
  made.querySelector("input:not([hidden])").select();
}

function listen(section) {
  const { room } = section.dataset;
  const path = `/api/rooms/${encodeURIComponent(room)}/links`;
  section.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { label, scope } = event.target.elements;
    const done = await send(path, { label: label.value, scope: scope.value });
    problem.textContent = done.problem;
    if (done.value) show(room, done.value);
  });
  for (const link of section.querySelectorAll("[data-link]")) {
    link.querySelector("[data-do=revoke]")?.addEventListener("click", async () => {
      if (!confirm(t("links.sure", { label: link.dataset.label }))) return;
      const done = await send(`${path}/${link.dataset.link}/revoke`, {});
      problem.textContent = done.problem;
      if (!done.problem) location.reload();
    });
  }
}

await begin();
document.querySelectorAll("section[data-room]").forEach(listen);
made.querySelector("[value=done]").addEventListener("click", () => made.close());
document.body.dataset.ready = "yes";
