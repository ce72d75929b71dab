// One's own account: another password, and the end of logins elsewhere.
import { t } from "./i18n.js";
import { begin, send, unlike } from "./plain.js";

const form = document.querySelector("#change");
const problem = document.querySelector("#problem");
const done = document.querySelector("#done");

await begin();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  done.textContent = "";
  problem.textContent = unlike(form);
  if (problem.textContent) return;
  const { old, password } = form.elements;
  const answer = await send("/api/me/password", { old: old?.value ?? "", password: password.value });
  problem.textContent = answer.problem;
  if (answer.problem) return;
  form.reset();
  done.textContent = t("me.changed");
  // The password ended them all on the server.
  for (const login of document.querySelectorAll("[data-login]")) {
    if (login.querySelector("[data-end]")) login.remove();
  }
  document.querySelector("[data-end='']")?.remove();
});

for (const button of document.querySelectorAll("[data-end]")) {
  button.addEventListener("click", async () => {
    const answer = await send("/api/me/end", { login: button.dataset.end || null });
    problem.textContent = answer.problem;
    if (!answer.problem) location.reload();
  });
}
document.body.dataset.ready = "yes";
