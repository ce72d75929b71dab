// The invitation: choose a password, and begin.
import { begin, send, unlike } from "./plain.js";

const form = document.querySelector("#invite");
const problem = document.querySelector("#problem");

await begin();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  problem.textContent = unlike(form);
  if (problem.textContent) return;
  const answer = await send("/api/invite", { token: form.dataset.token, password: form.elements.password.value });
  problem.textContent = answer.problem;
  if (!answer.problem) location.assign(answer.value.start);
});
document.body.dataset.ready = "yes";
