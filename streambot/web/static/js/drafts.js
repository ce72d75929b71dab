// Unsent words, kept for each ticket of whoever is logged in, so that neither looking elsewhere nor
// a closed tab loses them. Another person on this device never sees them.
import { DRAFTS, me } from "./page.js";

const KEPT = 2 * 24 * 3600_000; // longer than any matter
const key = (kind, ticket) => `${DRAFTS}${me}:${kind}:${ticket}`;

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

/** Drop what is too old; logging out drops all of one's own. */
export function dropOldDrafts() {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(DRAFTS) && !(Date.now() - read(name).at < KEPT)) localStorage.removeItem(name);
  }
}

export function draft(kind, ticket) {
  return read(key(kind, ticket)).text ?? "";
}

export function keepDraft(kind, ticket, text) {
  try {
    if (text) localStorage.setItem(key(kind, ticket), JSON.stringify({ text, at: Date.now() }));
    else localStorage.removeItem(key(kind, ticket));
  } catch {
    // A full storage costs the draft, never the answer.
  }
}
