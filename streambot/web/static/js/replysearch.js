// Finding a canned reply by what fingers know: initials, pinyin, a shortcut or any of its words.
const USED = "canned:used";
const MOST = 24; // letters of a search; nobody types more before looking

/** Whether letters spell the characters from a place on: whole syllables, the last one begun, or initials. */
function spells(sounds, letters, at) {
  if (!letters) return true;
  if (at === sounds.length) return false;
  return sounds[at].split("/").some((reading) => {
    if (reading.startsWith(letters)) return true;
    if (letters.startsWith(reading) && spells(sounds, letters.slice(reading.length), at + 1)) return true;
    return reading.length > 1 && letters[0] === reading[0] && spells(sounds, letters.slice(1), at + 1);
  });
}

function spelledFrom(sounds, letters) {
  if (!/^[a-z0-9]+$/.test(letters)) return -1;
  return sounds.findIndex((_, at) => spells(sounds, letters, at));
}

/** How well a reply fits a search; 0: not at all. */
export function fit(reply, search) {
  const letters = search.trim().toLowerCase().slice(0, MOST);
  if (!letters) return 1;
  const shortcut = reply.shortcut.toLowerCase();
  const title = reply.title.toLowerCase();
  const spelled = spelledFrom(reply.sounds, letters.replaceAll(" ", ""));
  if (shortcut === letters) return 100;
  if (shortcut && shortcut.startsWith(letters)) return 80;
  if (title.startsWith(letters)) return 75;
  if (spelled === 0) return 70;
  if (title.includes(letters)) return 60;
  if (spelled > 0) return 50;
  if (reply.initials.startsWith(letters)) return 40;
  if (reply.tags.some((tag) => tag.toLowerCase().includes(letters))) return 35;
  if (reply.texts.some((each) => each.text.toLowerCase().includes(letters))) return 30;
  return 0;
}

function counts() {
  try {
    const kept = JSON.parse(localStorage.getItem(USED) ?? "{}");
    return kept !== null && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

export function timesUsed(id) {
  return Number(counts()[id]) || 0;
}

export function countUse(id) {
  try {
    localStorage.setItem(USED, JSON.stringify({ ...counts(), [id]: timesUsed(id) + 1 }));
  } catch {
    // A full storage costs the order, never the reply.
  }
}

/** The replies that fit, best first; among likes what this agent uses most. */
export function ranked(replies, search) {
  const used = counts();
  const bonus = (id) => Math.min(24, 8 * Math.log2(1 + (Number(used[id]) || 0)));
  return replies
    .map((reply, at) => ({ reply, at, fit: fit(reply, search) }))
    .filter((each) => each.fit > 0)
    .map((each) => ({ ...each, rank: each.fit + bonus(each.reply.id) }))
    .sort((one, other) => other.rank - one.rank || one.at - other.at)
    .map((each) => each.reply);
}
