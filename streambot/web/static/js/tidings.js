// What a change of a ticket means to this agent: which sound it makes, and whether a hidden tab tells of it.
import { isSupervisor, me } from "./page.js";

/** Ends of an answer that its writer must hear of; what was taken back by hand is known. */
const UNSENT = new Set(["held", "refused", "uncertain", "expired"]);
const LATE = new Set(["breached", "raise"]);

/** "offer", "reply", "failed", "warning", or null: nothing to be called for. */
export function tidings(ticket, change, before) {
  const mine = ticket.owner === me;
  if (ticket.offered_to === me && before?.offered_to !== me) return "offer";
  if (change.event === "viewer_line" || change.event === "merged") return mine ? "reply" : null;
  if (change.event === "failed") return mine && UNSENT.has(ticket.last_send) ? "failed" : null;
  if (change.event === "whisper") return mine ? "warning" : null;
  if (LATE.has(change.event)) return mine || isSupervisor ? "warning" : null;
  return before?.owner === me && !mine && ticket.owner ? "warning" : null; // somebody took it over
}
