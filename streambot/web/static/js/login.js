// The login form: says in words what was wrong, without losing what was typed.
import { language, loadTexts, switchLanguage, t, told } from "./i18n.js";

const form = document.querySelector("#login");
const problem = document.querySelector("#problem");
const button = form.querySelector("button");

let start = "/"; // where this person's role begins

await loadTexts();

async function logIn() {
  const values = { name: form.elements.name.value.trim(), password: form.elements.password.value };
  if (!values.name || !values.password) return t("login.missing");
  const answer = await fetch("/api/login", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(values),
  }).catch(() => null);
  if (!answer) return t("login.unreachable");
  if (answer.ok) {
    start = (await answer.json()).start;
    return null;
  }
  return told(await answer.json().catch(() => ({ zh: t("login.unreachable"), en: t("login.unreachable") })));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  problem.textContent = "";
  const wrong = await logIn();
  button.disabled = false;
  if (wrong === null) {
    location.assign(start);
    return;
  }
  problem.textContent = wrong;
  form.elements.password.select();
});

document.querySelector("[data-language]").addEventListener("click", (event) => {
  switchLanguage(event.currentTarget.dataset.language);
  location.assign(location.pathname);
});
form.dataset.ready = "yes";
