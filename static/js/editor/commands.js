// What the buttons and keys do: functions from the state of a field to an edit (see text.js).
import { block, linesAt } from "./text.js";

const MARKER = /^(\s*)([-*+]|\d{1,9}[.)]|>)(\s+)/;
const LEAD = /^(\s*(?:(?:[-*+]|\d{1,9}[.)]|>|#{1,6})\s+)*)/;

function marked(value, start, end, mark) {
  const before = value.slice(0, start), after = value.slice(end), run = (text, at) => at.exec(text)[0].length;
  const left = run(before, /\**$/), right = run(after, /^\**/);
  // One star is italic, two are bold, three are both.
  return mark === "*" ? left % 2 === 1 && right % 2 === 1 : left >= 2 && right >= 2;
}

/** Bold («**») or italic («*»): on, or off where it is on already; each line of a longer selection by itself. */
export function emphasis({ value, start, end }, mark) {
  while (start < end && /\s/.test(value[start])) start++;
  while (end > start && /\s/.test(value[end - 1])) end--;
  const size = mark.length, words = value.slice(start, end);
  if (marked(value, start, end, mark)) {
    return { from: start - size, to: end + size, text: words, start: start - size, end: end - size };
  }
  if (words.length > 2 * size && words.startsWith(mark) && words.endsWith(mark) && marked(value, start + size, end - size, mark)) {
    return { from: start, to: end, text: words.slice(size, -size), start, end: end - 2 * size };
  }
  if (!words.includes("\n")) return { from: start, to: end, text: mark + words + mark, start: start + size, end: end + size };
  const each = words.split("\n").map((line) => {
    const lead = LEAD.exec(line)[1], rest = line.slice(lead.length).trim();
    return rest ? lead + mark + rest + mark : line;
  });
  const text = each.join("\n");
  return { from: start, to: end, text, start, end: start + text.length };
}

export const bold = (state) => emphasis(state, "**");
export const italic = (state) => emphasis(state, "*");

/** The address of a link is selected next, or its words where there are none yet. */
export function link({ value, start, end }, address = "") {
  const words = value.slice(start, end);
  const text = `[${words}](${address || "https://"})`;
  if (address && words) return { from: start, to: end, text };
  const inside = start + words.length + 3;
  return { from: start, to: end, text, start: words ? inside : start + 1, end: words ? inside + 8 : start + 1 };
}

function eachLine(state, change) {
  const { from, to } = linesAt(state);
  const before = state.value.slice(from, to), lines = before.split("\n");
  const text = change(lines).join("\n");
  const single = state.start === state.end;
  const at = Math.max(from, state.start + text.length - before.length);
  return { from, to, text, start: single ? at : from, end: single ? at : from + text.length };
}

/** Heading, smaller heading, plain line, and so on around. */
export const heading = (state) => eachLine(state, (lines) => lines.map((line) => {
  const level = /^(#{1,6}) +/.exec(line);
  const words = line.slice(level?.[0].length ?? 0);
  const next = { 0: "## ", 1: "### ", 2: "### " }[level?.[1].length ?? 0] ?? "";
  return next + words;
}));

function lister(own, mark) {
  return (state) => eachLine(state, (lines) => {
    const full = lines.filter((line) => line.trim());
    const off = full.length > 0 && full.every((line) => own.test(line));
    let number = 0;
    return lines.map((line) => {
      if (!line.trim() && lines.length > 1) return line;
      if (off) return line.replace(own, "$1");
      const bare = line.replace(/^(\s*)(?:[-*+]|\d{1,9}[.)])\s+/, "$1");
      return bare.replace(/^\s*/, (indent) => indent + mark(++number));
    });
  });
}

export const bullets = lister(/^(\s*)[-*+]\s+/, () => "- ");
export const numbers = lister(/^(\s*)\d{1,9}[.)]\s+/, (number) => `${number}. `);

/** Quoted lines, or plain ones again. */
export const quoted = (state) => eachLine(state, (lines) => {
  const off = lines.every((line) => line.startsWith(">"));
  return lines.map((line) => (off ? line.replace(/^> ?/, "") : line || lines.length > 1 ? `> ${line}`.trimEnd() : "> "));
});

/** Words of somebody else, as a quotation with who said them. */
export const quotation = (state, words, who = "") =>
  block(state, [...(who ? [who, ""] : []), ...words.trim().split("\n").map((line) => `> ${line}`.trimEnd())].join("\n") + "\n");

/** Enter in a list goes on with it; in an empty item it ends it. Null where Enter is just Enter. */
export function continued({ value, start, end }) {
  if (start !== end) return null;
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const line = value.slice(from, start), found = MARKER.exec(line);
  if (!found) return null;
  const [whole, indent, mark, space] = found;
  const rest = value.slice(start).split("\n", 1)[0];
  if (line.length === whole.length && !rest.trim()) return { from, to: start, text: "" };
  const next = /\d/.test(mark) ? `${parseInt(mark, 10) + 1}${mark.at(-1)}` : mark;
  return { from: start, to: start, text: `\n${indent}${next}${space}` };
}
