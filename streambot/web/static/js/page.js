// What the server's page says: who is logged in and what they may do.
const root = document.querySelector("#app");

export const me = root.dataset.agent;
export const isSupervisor = root.dataset.role === "supervisor";
export const maySwitch = root.dataset.switches === "yes";
export const claimSeconds = Number(root.dataset.claim);
export const loadedAt = root.dataset.now;

/** GET an answer of ours; null when it can't be had. */
export async function get(path) {
  try {
    const answer = await fetch(path);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** POST with this login's token; null when done, else the server's sentence. */
export async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": root.dataset.csrf },
      body: JSON.stringify(body ?? {}),
    });
    if (answer.ok) return null;
    if (answer.status === 401) location.assign("/login");
    return await answer.json();
  } catch {
    return { zh: "没有连上服务器，请检查网络后再试。", en: "The server can't be reached: check the network and try again." };
  }
}
