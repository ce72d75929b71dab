// Sound for new handoffs, repeated while one is past its claim time; also in a hidden tab.
import { signal } from "../vendor/ui.js";
import { isLate } from "./badges.js";
import { onCalls, tickets } from "./store.js";
import { serverNow } from "./time.js";

const AGAIN = 10_000;
const KEY = "streambot_sound";

export const wanted = signal(localStorage.getItem(KEY) !== "off");
/** Browsers play nothing before the first click or key on a page. */
export const allowed = signal(false);

let context = null;
let last = 0;

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

function beep(pitches) {
  if (!context || !wanted.value) return;
  last = performance.now();
  pitches.forEach((pitch, at) => note(context.currentTime + at * 0.18, 0.16, pitch));
}

export function toggleSound() {
  wanted.value = !wanted.value;
  localStorage.setItem(KEY, wanted.value ? "on" : "off");
  if (wanted.value) beep([660]);
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
    if (calls.length) beep([660, 880]);
  });
  setInterval(() => {
    if (performance.now() - last < AGAIN) return;
    if ([...tickets.values()].some((ticket) => isLate(ticket, serverNow()))) beep([880, 660, 880]);
  }, 1000);
}
