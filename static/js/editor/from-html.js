// What was copied from Word, LibreOffice, Excel or a web page, as clean Markdown. It is only read, in a document that runs nothing.
import { inert, isJunk, lineOf, runsOf, styleOf } from "./inline.js";
import { written } from "./tables.js";

const BLOCKS = /^(?:P|DIV|SECTION|ARTICLE|MAIN|HEADER|FOOTER|ASIDE|NAV|UL|OL|LI|DL|DT|DD|TABLE|H[1-6]|BLOCKQUOTE|PRE|HR|FIGURE|FIGCAPTION|CENTER|FORM|DETAILS|ADDRESS)$/;

const isBlock = (node) => node.nodeType === 1 && BLOCKS.test(node.tagName);
const hasBlocks = (node) => [...node.children].some((child) => isBlock(child) || (!isJunk(child) && hasBlocks(child)));

/** Markdown of a fragment of HTML; "" where nothing is left of it. */
export function fromHtml(html) {
  return joined(blocksOf(inert(html).body.childNodes)).replace(/\n{3,}/g, "\n\n").trim();
}

/** Blocks are {text, list}: lines of one list stand together, all else a line apart. */
function joined(blocks) {
  return blocks.reduce((text, block, i) => text + (i === 0 ? "" : block.list && blocks[i - 1].list === block.list ? "\n" : "\n\n") + block.text, "");
}

function blocksOf(nodes) {
  const blocks = [];
  let inline = [];
  const flush = () => {
    const text = paragraph(lineOf(runsOf(inline)));
    if (text) blocks.push({ text });
    inline = [];
  };
  for (const node of nodes) {
    if (node.nodeType === 1 && isJunk(node)) continue;
    if (!isBlock(node) && !(node.nodeType === 1 && hasBlocks(node))) {
      inline.push(node);
      continue;
    }
    flush();
    blocks.push(...blockOf(node, blocks.at(-1)));
  }
  flush();
  return blocks;
}

function blockOf(node, before) {
  const word = wordBlock(node, before);
  if (word) return word;
  const tag = node.tagName;
  if (/^H[1-6]$/.test(tag)) return heading(Number(tag[1]), node);
  if (tag === "UL" || tag === "OL") return [{ text: listOf(node), list: node }];
  if (tag === "TABLE") return tableOf(node);
  if (tag === "HR") return [{ text: "---" }];
  if (tag === "PRE") return [{ text: `\`\`\`\n${node.textContent.replace(/\n$/, "")}\n\`\`\`` }];
  if (tag === "BLOCKQUOTE") {
    const inner = joined(blocksOf(node.childNodes));
    return inner ? [{ text: inner.replace(/^/gm, "> ").replace(/^> $/gm, ">") }] : [];
  }
  return blocksOf(node.childNodes);
}

/** A sign that would begin something else is only a sign; «1.» and «–» that were typed by hand may well be a list. */
const paragraph = (text) => text.replace(/^(#{1,6} |>|\+ |={3,}$)/gm, "\\$1").replace(/^[•·▪●◦‣][ \u00a0]*/gm, "- ");

function heading(level, node) {
  const text = lineOf(runsOf(node.childNodes), { plain: true, breaks: " " });
  // The page has headings of its own above: the text's begin at the second level.
  return text ? [{ text: `${"#".repeat(Math.min(Math.max(level, 1) + 1, 5))} ${text}` }] : [];
}

/** Word knows no lists, only paragraphs that look like items, and headings that are a paragraph's level. */
function wordBlock(node, before) {
  if (node.tagName !== "P" && !/^H[1-6]$/.test(node.tagName)) return null;
  const style = styleOf(node), item = /mso-list:\s*l(\d+)\s+level(\d)/i.exec(style);
  if (item && node.tagName === "P") return wordItem(node, `word ${item[1]}`, Number(item[2]), before);
  const outline = /mso-outline-level:\s*([1-6])/i.exec(style)?.[1];
  if (/\bMsoTitle\b/.test(node.className)) return heading(1, node);
  return outline && node.tagName === "P" ? heading(Number(outline), node) : null;
}

function wordItem(node, list, level, before) {
  const sign = [...node.querySelectorAll("[data-style]")].find((one) => /mso-list:\s*ignore/i.test(styleOf(one)))?.textContent.trim() ?? "";
  const text = lineOf(runsOf(node.childNodes), { breaks: " " });
  if (!text) return [];
  const counts = before?.list === list ? before.counts.slice(0, level) : [];
  const marks = before?.list === list ? before.marks.slice(0, level - 1) : [];
  while (counts.length < level) counts.push(0);
  while (marks.length < level - 1) marks.push("- ");
  counts[level - 1] = Number(/^\d+/.exec(sign)?.[0]) || counts[level - 1] + 1;
  marks.push(/^\(?[\p{L}\d]{1,4}[.)]/u.test(sign) ? `${counts[level - 1]}. ` : "- ");
  const indent = " ".repeat(marks.slice(0, -1).join("").length);
  return [{ text: indent + marks.at(-1) + text, list, counts, marks }];
}

function listOf(list) {
  const ordered = list.tagName === "OL";
  let number = (Number(list.getAttribute("start")) || 1) - 1;
  const lines = [];
  for (const item of list.children) {
    if (/^[OU]L$/.test(item.tagName)) {
      // Google Docs and old pages put a list beside the item it belongs to.
      lines.push(listOf(item).replace(/^/gm, ordered ? "   " : "  "));
      continue;
    }
    const mark = ordered ? `${++number}. ` : "- ";
    const inner = blocksOf(item.childNodes);
    const text = inner.reduce((whole, block, i) => whole + (i === 0 ? "" : block.list ? "\n" : "\n\n") + block.text, "");
    if (text) lines.push(mark + text.replace(/\n(?!\n|$)/g, `\n${" ".repeat(mark.length)}`));
  }
  return lines.join("\n");
}

function tableOf(table) {
  const rows = gridOf(table);
  const filled = rows.filter((row) => row.some((cell) => cell));
  if (!filled.length) return [];
  // A table of one column only lays a page out.
  if (Math.max(...rows.map((row) => row.length)) === 1) return blocksOf([...table.querySelectorAll("td, th")].flatMap((cell) => [...cell.childNodes]));
  const caption = table.caption ? lineOf(runsOf(table.caption.childNodes)) : "";
  return [...(caption ? [{ text: caption }] : []), { text: written(filled, alignsOf(filled)) }];
}

/** Rows of cells as text; cells that were joined keep their words in the first of them. */
export function gridOf(table) {
  const grid = [];
  [...table.rows].forEach((row, y) => {
    grid[y] ??= [];
    let x = 0;
    for (const cell of row.cells) {
      while (grid[y][x] !== undefined) x++;
      const heads = cell.tagName === "TH" || y === 0;
      const text = lineOf(runsOf(cell.childNodes), { plain: heads, breaks: " " });
      for (let dy = 0; dy < Math.min(cell.rowSpan || 1, table.rows.length - y); dy++) {
        grid[y + dy] ??= [];
        for (let dx = 0; dx < Math.min(cell.colSpan, 50); dx++) grid[y + dy][x + dx] = dy || dx ? "" : text;
      }
      x += cell.colSpan;
    }
  });
  return grid.map((row) => Array.from(row, (cell) => cell ?? ""));
}

/** Columns of figures stand at the end of their cells. */
function alignsOf(rows) {
  const figures = /^[-–−+]?[\d\s\u00a0\u202f]+(?:[.,]\d+)?\s*(?:%|₽|руб\.?|тыс\.?.*|млн.*)?$/;
  return rows[0].map((_, i) => {
    const below = rows.slice(1).map((row) => row[i]).filter(Boolean);
    return below.length > 0 && below.every((cell) => figures.test(cell)) ? "end" : "";
  });
}
