// A room's summary: pin a notice, and say that a broadcast begins or ends.
import { loadTexts, t, told } from "./i18n.js";

const { csrf, room } = document.body.dataset;
const problem = document.querySelector("#problem");
const path = `/api/rooms/${encodeURIComponent(room)}`;

await loadTexts();

/** Ask for a change; the page is read again once it is made. */
async function post(what, body) {
  const answer = await fetch(`${path}/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer?.ok) {
    location.reload();
    return;
  }
  const sentence = answer && (await answer.json().catch(() => null));
  problem.textContent = sentence ? told(sentence) : t("login.unreachable");
}

const notice = document.querySelector("#notice");
notice.addEventListener("submit", (event) => {
  event.preventDefault();
  post("notice", { text: notice.elements.text.value });
});
document.querySelector("#unpin").addEventListener("click", () => post("notice", { text: "" }));

const broadcast = document.querySelector("#broadcast");
broadcast.addEventListener("click", () => post("broadcast", { begins: broadcast.dataset.begins === "yes" }));
document.body.dataset.ready = "yes";
