// Answers of the book for this line, to be sent with one key.
export function Suggested() {
  return null;
}
