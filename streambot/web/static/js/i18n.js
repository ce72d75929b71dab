// The page's words: one file for templates and script, Chinese and English side by side.
import { signal } from "../vendor/ui.js";

export const language = signal(document.documentElement.lang === "en" ? "en" : "zh");

let words = {};

export async function loadTexts() {
  words = await (await fetch("/static/i18n/console.json")).json();
}

/** The words of a key; {name} is filled from values. */
export function t(key, values = {}) {
  const pair = words[key];
  if (!pair) return key;
  const text = pair[language.value === "en" ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A key in both languages, to be searched. */
export function either(key) {
  return words[key] ?? [key];
}

/** The words of a code the server may extend: unknown ones are shown as they are. */
export function word(group, code) {
  return words[`${group}.${code}`] ? t(`${group}.${code}`) : String(code ?? "");
}

/** What found something in a line; many rules are named as the reasons they lead to, an entry by its book. */
export function rule(code) {
  if (code.startsWith("faq:")) return t("rule.faq");
  if (words[`rule.${code}`]) return t(`rule.${code}`);
  return code.startsWith("mood:") ? t("rule.mood:cue") : word("reason", code);
}

/** One of the server's own sentences: {zh, en}. */
export function told(sentence) {
  return language.value === "en" ? sentence.en : sentence.zh;
}

export function switchLanguage(to = language.value === "en" ? "zh" : "en") {
  document.cookie = `streambot_language=${to}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.lang = to === "en" ? "en" : "zh-CN";
  language.value = to;
}
