// Unsent words, kept for each ticket of this tab, so that looking elsewhere loses nothing.
const key = (kind, ticket) => `draft:${kind}:${ticket}`;

export function draft(kind, ticket) {
  return sessionStorage.getItem(key(kind, ticket)) ?? "";
}

export function keepDraft(kind, ticket, text) {
  try {
    if (text) sessionStorage.setItem(key(kind, ticket), text);
    else sessionStorage.removeItem(key(kind, ticket));
  } catch {
    // A full storage costs the draft, never the answer.
  }
}
