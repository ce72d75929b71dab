// A sound of its own for each class of event, repeated while a handoff is past its claim time; also in a hidden tab.
import { signal } from "../vendor/ui.js";
import { isLate } from "./badges.js";
import { onCalls, onNews, tickets } from "./store.js";
import { tidings } from "./tidings.js";
import { serverNow } from "./time.js";

const AGAIN = 10_000;
const BURST = 1000; // ms in which a class of event is heard once
const STEP = 0.18; // seconds from one note to the next
/** Rising: somebody to serve; one note: a word from a viewer; falling: it did not go out; a turn: look here. */
const MELODIES = {
  waiting: [660, 880],
  offer: [660, 880, 1175],
  reply: [988],
  failed: [440, 330, 247],
  warning: [880, 660, 880],
  on: [660],
};
const KEY = "streambot_sound";

export const wanted = signal(localStorage.getItem(KEY) !== "off");
/** Browsers play nothing before the first click or key on a page. */
export const allowed = signal(false);

let context = null;
let free = 0; // when the sound before is over, in the context's seconds
const last = new Map();

function note(from, length, pitch) {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, from);
  volume.gain.exponentialRampToValueAtTime(0.2, from + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + length);
  tone.connect(volume).connect(context.destination);
  tone.start(from);
  tone.stop(from + length);
}

/** Count what was played, at the root of the page, where whoever tests the sound can read it. */
function count(kind) {
  const { dataset } = document.documentElement;
  const name = `rang${kind[0].toUpperCase()}${kind.slice(1)}`;
  dataset[name] = Number(dataset[name] ?? 0) + 1;
}

/** Milliseconds since this class was heard. */
const since = (kind) => performance.now() - (last.get(kind) ?? -Infinity);

function ring(kind) {
  if (!context || !wanted.value || since(kind) < BURST) return;
  last.set(kind, performance.now());
  const from = Math.max(context.currentTime, free);
  MELODIES[kind].forEach((pitch, at) => note(from + at * STEP, 0.16, pitch));
  free = from + MELODIES[kind].length * STEP;
  count(kind);
}

export function toggleSound() {
  wanted.value = !wanted.value;
  localStorage.setItem(KEY, wanted.value ? "on" : "off");
  if (wanted.value) ring("on");
}

// On click, not on pressing: the bar that goes must not move what is being pressed.
function allow() {
  if (context) return;
  context = new AudioContext();
  allowed.value = true;
  removeEventListener("click", allow, true);
  removeEventListener("keydown", allow, true);
}

export function startSound() {
  addEventListener("click", allow, true);
  addEventListener("keydown", allow, true);
  onCalls((calls) => {
    if (calls.length) ring("waiting");
  });
  onNews((...news) => {
    const kind = tidings(...news);
    if (kind) ring(kind);
  });
  setInterval(() => {
    if (Math.min(since("waiting"), since("warning")) < AGAIN) return;
    if ([...tickets.values()].some((ticket) => isLate(ticket, serverNow()))) ring("warning");
  }, 1000);
}
