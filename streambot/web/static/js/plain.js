// What the plain pages share: words, one's own clock, the switch of language.
import { language, loadTexts, switchLanguage, t, told } from "./i18n.js";
import { ask } from "./page.js";

/** Begin a page: its words are there and its times are this machine's. */
export async function begin() {
  await loadTexts();
  for (const time of document.querySelectorAll("time[datetime]")) {
    const locale = language.value === "en" ? "en-GB" : "zh-CN";
    time.textContent = new Date(time.dateTime).toLocaleString(locale, { dateStyle: "medium", timeStyle: "seconds" in time.dataset ? "medium" : "short" });
  }
  document.querySelector("[data-language]").addEventListener("click", (event) => {
    switchLanguage(event.currentTarget.dataset.language);
    location.reload();
  });
}

/** A form's two new passwords: what is wrong with them in words, or "". */
export function unlike(form) {
  if (!form.elements.password.value) return t("me.missing");
  return form.elements.password.value === form.elements.again.value ? "" : t("me.unlike");
}

/** POST *body*; what came of it, its problem as a sentence. */
export async function send(path, body) {
  const answer = await ask(path, body);
  return answer.ok
    ? { value: answer.value, problem: "", code: "" }
    : { value: null, problem: told(answer.problem), code: answer.problem.code };
}
