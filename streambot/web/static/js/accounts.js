// The accounts: add people, hand them their link, change and switch off; each change asks first.
import { t } from "./i18n.js";
import { begin, send } from "./plain.js";

const problem = document.querySelector("#problem");
const sure = document.querySelector("#sure");
const link = document.querySelector("#link");

/** Ask in a dialog; whether the person means it. */
function asks(words, yes) {
  sure.querySelector("p").textContent = words;
  const button = sure.querySelector("[value=yes]");
  button.textContent = yes;
  sure.showModal();
  return new Promise((resolve) => {
    const clicked = (event) => {
      if (event.target.value) sure.close(event.target.value);
    };
    sure.returnValue = "";
    sure.addEventListener("click", clicked);
    sure.addEventListener("close", () => {
      sure.removeEventListener("click", clicked);
      resolve(sure.returnValue === "yes");
    }, { once: true });
  });
}

/** Show a link this once; the page is read anew when it is put away. */
function show(path) {
  const text = link.querySelector("input");
  text.value = location.origin + path;
  link.addEventListener("close", () => location.reload(), { once: true });
  link.showModal();
  text.select();
}

function finish(done) {
  problem.textContent = done.problem;
  if (done.problem) return;
  if (done.value.link) show(done.value.link);
  else location.reload();
}

async function change(name, what, more = {}) {
  let done = await send("/api/accounts/change", { name, do: what, ...more });
  if (done.code === "last" && (await asks(done.problem, t("accounts.anyway")))) {
    done = await send("/api/accounts/change", { name, do: what, ...more, anyway: true });
  }
  finish(done);
  return !done.problem;
}

async function changeRole(select, name) {
  const words = t("accounts.sure_role", { name, role: select.selectedOptions[0].textContent });
  const meant = await asks(words, t("accounts.sure_yes"));
  if (!meant || !(await change(name, "role", { role: select.value }))) select.value = select.dataset.was;
}

function listen() {
  document.querySelector("#add").addEventListener("submit", async (event) => {
    event.preventDefault();
    const { name, role } = event.target.elements;
    problem.textContent = name.value.trim() ? "" : t("accounts.missing");
    if (problem.textContent) return;
    finish(await send("/api/accounts", { name: name.value.trim(), role: role.value }));
  });
  for (const person of document.querySelectorAll("[data-name]")) {
    const { name } = person.dataset;
    person.addEventListener("click", async (event) => {
      const what = event.target.closest("button")?.dataset.do;
      if (!what) return;
      if (what === "enable" || (await asks(t(`accounts.sure_${what}`, { name }), t("accounts.sure_yes")))) await change(name, what);
    });
    const select = person.querySelector("select");
    select?.addEventListener("change", () => changeRole(select, name));
  }
  link.querySelector("[value=done]").addEventListener("click", () => link.close());
  link.querySelector("[value=copy]").addEventListener("click", async (event) => {
    const text = link.querySelector("input");
    text.select();
    const copied = await navigator.clipboard?.writeText(text.value).then(() => true, () => false);
    event.target.textContent = t(copied ? "accounts.copied" : "accounts.copy_by_hand");
  });
}

await begin();
if (link) listen();
document.body.dataset.ready = "yes";
