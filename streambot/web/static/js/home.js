// The page of those who don't work the desk: switch a room's mode, log out.
import { loadTexts, switchLanguage, t, told } from "./i18n.js";

const problem = document.querySelector("#problem");

await loadTexts();

/** Ask for a change; a sentence when it was refused. */
async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": document.body.dataset.csrf },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer?.ok) return "";
  const sentence = answer && (await answer.json().catch(() => null));
  return sentence ? told(sentence) : t("login.unreachable");
}

for (const select of document.querySelectorAll("select[data-room]")) {
  let before = select.value;
  select.addEventListener("change", async () => {
    problem.textContent = await post(`/api/rooms/${encodeURIComponent(select.dataset.room)}/mode`, { mode: select.value });
    if (problem.textContent) select.value = before;
    before = select.value;
  });
}

document.querySelector("#logout").addEventListener("click", async () => {
  problem.textContent = await post("/api/logout", {});
  if (!problem.textContent) location.assign("/login");
});

document.querySelector("[data-language]").addEventListener("click", (event) => {
  switchLanguage(event.currentTarget.dataset.language);
  location.reload();
});
document.body.dataset.ready = "yes";
