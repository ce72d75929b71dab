// Canned replies, opened by / in the answer box.
export function Canned() {
  return null;
}
