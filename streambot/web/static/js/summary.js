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
const sure = document.querySelector("#sure");
// The end is told to every viewer who waits, and can't be taken back.
broadcast.addEventListener("click", () => {
  if (broadcast.dataset.begins === "yes") post("broadcast", { begins: true });
  else sure.showModal();
});
sure.addEventListener("close", () => {
  if (sure.returnValue === "yes") post("broadcast", { begins: false });
  sure.returnValue = "";
});
/** Instants as this machine's clock has them. */
const shown = new Intl.DateTimeFormat(document.documentElement.lang, {
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false,
});
for (const time of document.querySelectorAll("time[datetime]")) time.textContent = shown.format(new Date(time.dateTime));
for (const option of document.querySelectorAll("option[data-at]")) {
  option.textContent = option.textContent.replace(/^.{16}/, shown.format(new Date(option.dataset.at)));
}
document.body.dataset.ready = "yes";
