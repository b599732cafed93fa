// Markdown tables: found in a text, read, written with columns that line up.
import { linesAt } from "./text.js";

const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** The cells of a line; «\|» is no border. */
export function cells(line) {
  const inner = line.trim().replace(/^\|/, "").replace(/(^|[^\\])\|$/, "$1");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function alignOf(cell) {
  return cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "end") : "";
}

/** {from, to, rows, aligns} of the table around a place in the text, or null. The first row is the heading. */
export function tableAt(value, place) {
  const isRow = (line) => line.includes("|") && line.trim() !== "";
  let { from, to } = linesAt({ value, start: place, end: place });
  if (!isRow(value.slice(from, to))) return null;
  for (let top = from; top > 0 && (from = top); ) {
    const start = value.lastIndexOf("\n", top - 2) + 1;
    if (!isRow(value.slice(start, top - 1))) break;
    from = top = start;
  }
  for (let end = to; end < value.length; to = end) {
    const next = value.indexOf("\n", end + 1);
    const line = value.slice(end + 1, next < 0 ? value.length : next);
    if (!isRow(line)) break;
    end = next < 0 ? value.length : next;
  }
  const lines = value.slice(from, to).split("\n");
  const rule = lines.findIndex((line, index) => index > 0 && RULE.test(line) && line.includes("-"));
  if (rule !== 1) return null;
  const rows = [cells(lines[0]), ...lines.slice(2).map(cells)];
  return { from, to, rows, aligns: cells(lines[1]).map(alignOf) };
}

const width = (text) => [...text].length;

function padded(text, size, align) {
  const room = Math.max(0, size - width(text));
  if (align === "end") return " ".repeat(room) + text;
  if (align === "center") return " ".repeat(room >> 1) + text + " ".repeat(room - (room >> 1));
  return text + " ".repeat(room);
}

function rule(size, align) {
  if (align === "end") return `${"-".repeat(size - 1)}:`;
  return align === "center" ? `:${"-".repeat(size - 2)}:` : "-".repeat(size);
}

/** Rows of cells as a Markdown table whose borders line up. */
export function written(rows, aligns = []) {
  const count = Math.max(1, ...rows.map((row) => row.length));
  const clean = rows.map((row) => Array.from({ length: count }, (_, i) => (row[i] ?? "").replace(/\s*\n\s*/g, " ").trim().replace(/(?<!\\)\|/g, "\\|")));
  // A column of one long cell would push every other line far to the right.
  const sizes = Array.from({ length: count }, (_, i) => Math.min(40, Math.max(3, ...clean.map((row) => width(row[i])))));
  const line = (row) => `| ${row.map((cell, i) => padded(cell, sizes[i], aligns[i])).join(" | ")} |`;
  const ruled = `| ${sizes.map((size, i) => rule(size, aligns[i])).join(" | ")} |`;
  return [line(clean[0]), ruled, ...clean.slice(1).map(line)].join("\n");
}

/** An edit that lines up the table under the cursor; null where there is none. */
export function aligned({ value, start }) {
  const found = tableAt(value, start);
  return found && { from: found.from, to: found.to, text: written(found.rows, found.aligns) };
}
