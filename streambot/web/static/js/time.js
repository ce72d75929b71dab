// Time as the server has it: a wrong clock on this machine must not move a promise.
import { signal } from "../vendor/ui.js";

let atZero = Date.now() - performance.now();

export const now = signal(0);

export function serverNow() {
  return atZero + performance.now();
}

export function setServerTime(iso) {
  atZero = Date.parse(iso) - performance.now();
}

export function startClock() {
  now.value = serverNow();
  const tick = () => {
    if (!document.hidden) now.value = serverNow();
  };
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
}

/** A span as 0:07, 12:05 or 1:02:03; never negative. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

const clock = new Intl.DateTimeFormat("zh-CN", {
  hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

export function timeOfDay(iso) {
  return clock.format(new Date(iso));
}
