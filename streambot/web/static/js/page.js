// What the server's page says: who is logged in and what they may do.
const root = document.querySelector("#app");

export const me = root.dataset.agent;
export const role = root.dataset.role;
export const isSupervisor = ["supervisor", "admin"].includes(root.dataset.role);
export const mayEdit = root.dataset.edits === "yes";
export const maySwitch = root.dataset.switches === "yes";
export const claimSeconds = Number(root.dataset.claim);
export const undoSeconds = Number(root.dataset.undo);
/** Whether this page only looks at the desk: who has it open is given no tickets for it. */
export const watches = root.dataset.watch === "yes";
/** Groups a ticket may be handed to. */
export const groups = JSON.parse(root.dataset.groups ?? "[]");
const served = JSON.parse(root.dataset.serves ?? "[]");
/** Whether whoever is logged in takes tickets of a group; a ticket of none is anybody's. */
export const serves = (group) => !group || isSupervisor || (group !== "supervisor" && served.includes(group));
export const loadedAt = root.dataset.now;

/** GET an answer of ours; null when it can't be had. */
export async function get(path) {
  const answer = await ask(path);
  return answer.ok ? answer.value : null;
}

/** GET, or POST with this login's token where there is a body: {ok, value} or {ok, problem: {zh, en}}. */
export async function ask(path, body) {
  try {
    const answer = await fetch(path, body === undefined ? {} : {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": root.dataset.csrf },
      body: JSON.stringify(body),
    });
    if (answer.status === 401) location.assign("/login");
    const value = await answer.json();
    return answer.ok ? { ok: true, value } : { ok: false, problem: value };
  } catch {
    return { ok: false, problem: { zh: "没有连上服务器，请检查网络后再试。", en: "The server can't be reached: check the network and try again." } };
  }
}

/** POST; null when done, else the server's sentence. */
export async function post(path, body) {
  const answer = await ask(path, body ?? {});
  return answer.ok ? null : answer.problem;
}

/** Where unsent words are kept in this browser, by who wrote them. */
export const DRAFTS = "draft:";

export async function logOut() {
  if ((await post("/api/logout")) !== null) return;
  for (const name of Object.keys(localStorage)) if (name.startsWith(`${DRAFTS}${me}:`)) localStorage.removeItem(name);
  location.assign("/login");
}
