// Line icons, drawn in the text's colour; always beside words, so hidden from readers.
import { html } from "../vendor/ui.js";

const PATHS = {
  alert: "M12 3 2.5 20h19L12 3zm0 6v5m0 3v.5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm0-14v5l3 2",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-6 9c0-3.3 2.7-6 6-6s6 2.7 6 6m0-16a3.5 3.5 0 0 1 0 7m3 9c0-2.6-1-4.600-3-5.500",
  flame: "M12 3c1 4 5 6 5 11a5 5 0 0 1-10 0c0-2 1-3 2-4 .3 1.500 1 2 2 2.500C11 9 10.500 6 12 3z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-7 8c0-3.900 3.100-7 7-7s7 3.100 7 7",
  bot: "M5 9h14v10H5zM12 9V5m-3 9v.5m6-.5v.5M2.500 13v3m19-3v3",
  note: "M6 3h9l4 4v14H6zM9 11h7m-7 4h7",
  sound: "M4 10v4h4l5 4V6L8 10H4zm12-1c1.500 1.500 1.500 4.500 0 6m2.500-9c3 3 3 9 0 12",
  mute: "M4 10v4h4l5 4V6L8 10H4zm12 0 5 5m0-5-5 5",
  lock: "M6 11h12v9H6zm2.500 0V8a3.500 3.500 0 0 1 7 0v3",
  down: "M3 3l18 18M5 12a10 10 0 0 1 3-2.200M2 9a14 14 0 0 1 3.500-2.300M19 12a10 10 0 0 0-5-2.800M22 9a14 14 0 0 0-11-3.900M12 19v.5",
  book: "M5 4h6a2 2 0 0 1 2 2v14a2 2 0 0 0-2-2H5zm16 0h-6a2 2 0 0 0-2 2",
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
