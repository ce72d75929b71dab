// Words of strangers: always text, their control characters made visible, evidence marked.
import { html } from "../vendor/ui.js";

// Direction and control characters that could make a line look like something else.
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/u;

function code(point) {
  return `U+${point.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Evidence whose span really holds its words in this line; spans count code points. */
export function fitting(points, evidence) {
  return (evidence ?? []).filter(
    (one) => one.end > one.start && points.slice(one.start, one.end).join("") === one.text,
  );
}

function runs(points, marks) {
  const found = [];
  points.forEach((point, index) => {
    const marked = marks.some((one) => one.start <= index && index < one.end);
    const kind = CONTROL.test(point) ? "control" : marked ? "mark" : "plain";
    const last = found.at(-1);
    if (last && last.kind === kind && kind !== "control") last.text += point;
    else found.push({ kind, text: point });
  });
  return found;
}

const AS = {
  control: (text) => html`<span class="control">${code(text)}</span>`,
  mark: (text) => html`<mark>${text}</mark>`,
  plain: (text) => text,
};

/** A line or a name that somebody typed. */
export function Said({ text, evidence }) {
  const points = [...String(text ?? "")];
  return html`<bdi class="said">${runs(points, fitting(points, evidence)).map((run) => AS[run.kind](run.text))}</bdi>`;
}
