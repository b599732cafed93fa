// Words of a web page or a Word document as Markdown: bold, italic, struck through, code, links; everything else is dropped.
const TRACKERS = /^(?:utm_\w+|fbclid|gclid|yclid|ysclid|_openstat|mc_[ce]id|igshid|dclid|msclkid|erid|from_source)$/i;
const DROPPED = /^(?:SCRIPT|STYLE|TEMPLATE|META|LINK|TITLE|HEAD|XML|NOSCRIPT|OBJECT|IFRAME|SVG|BUTTON|SELECT|INPUT|TEXTAREA|IMG|PICTURE|VIDEO|AUDIO|CANVAS)$/i;

/** The style of an element as it was written. */
export const styleOf = (node) => node.getAttribute?.("data-style") ?? "";

/**
 * HTML from outside as a document that runs and loads nothing. Styles and handlers are set aside first: even there the site's policy
 * complains of them.
 */
export function inert(html) {
  const quiet = html.replace(/<style\b[^]*?<\/style\s*>/gi, "").replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)(?=\s*=)/gi, " data-$1"));
  return new DOMParser().parseFromString(quiet, "text/html");
}

/** Whether an element holds nothing for a reader: programs, styles, what an office program kept for itself. */
export function isJunk(node) {
  return DROPPED.test(node.tagName) || /mso-(?:list:\s*ignore|hide:\s*all|element:)|display:\s*none/i.test(styleOf(node));
}

/** An address without what only counts its readers; empty where it leads nowhere for others. */
export function addressOf(href) {
  let url;
  try {
    url = new URL(href);
  } catch {
    return "";
  }
  if (url.protocol === "mailto:") return href;
  if (!/^https?:$/.test(url.protocol)) return "";
  const hidden = /(?:^|\.)google\.\w+$/.test(url.hostname) && url.pathname === "/url" ? url.searchParams.get("q") ?? url.searchParams.get("url")
    : url.hostname === "vk.com" && url.pathname === "/away.php" ? url.searchParams.get("to") : null;
  if (hidden && /^https?:/.test(hidden)) return addressOf(hidden);
  for (const name of [...url.searchParams.keys()]) if (TRACKERS.test(name)) url.searchParams.delete(name);
  if (url.origin === globalThis.location?.origin) return url.pathname + url.search + url.hash;
  return url.href.replaceAll("(", "%28").replaceAll(")", "%29");
}

function formatOf(node, above) {
  const style = styleOf(node), tag = node.tagName, weight = /(?:^|[;\s])font-weight:\s*(\w+)/i.exec(style)?.[1];
  const format = { ...above };
  if (weight) format.bold = /^(?:bold|bolder|[6-9]00)$/i.test(weight);
  else if (/^(?:B|STRONG)$/.test(tag)) format.bold = true;
  if (/(?:^|[;\s])font-style:\s*normal/i.test(style)) format.italic = false;
  else if (/^(?:I|EM|CITE|VAR)$/.test(tag) || /(?:^|[;\s])font-style:\s*(?:italic|oblique)/i.test(style)) format.italic = true;
  if (/^(?:S|DEL|STRIKE)$/.test(tag) || /text-decoration[\w-]*:[^;]*line-through/i.test(style)) format.struck = true;
  if (/^(?:CODE|KBD|SAMP|TT)$/.test(tag)) format.code = true;
  if (tag === "A") format.href = addressOf(node.getAttribute("href") ?? "") || above.href;
  return format;
}

/** The words below some nodes as runs {text, bold, italic, struck, code, href}; a line break is a run of "\n". */
export function runsOf(nodes, above = {}) {
  return [...nodes].flatMap((node) => {
    if (node.nodeType === 3) return [{ ...above, text: node.data.replace(/\u00ad/g, "").replace(/[ \t\r\n\f]+/g, " ") }];
    if (node.nodeType !== 1 || isJunk(node)) return [];
    if (node.tagName === "BR") return [{ text: "\n" }];
    const inner = runsOf(node.childNodes, formatOf(node, above));
    return /^(?:P|DIV|LI|TR)$/.test(node.tagName) ? [...inner, { text: " " }] : inner;
  });
}

const same = (one, other) => ["bold", "italic", "struck", "code", "href"].every((name) => (one[name] || false) === (other[name] || false));

function merged(runs) {
  const result = [];
  for (const run of runs) {
    const last = result.at(-1);
    // A space has no weight: it goes to the run before, so that words are not marked one by one.
    if (last && last.text !== "\n" && run.text !== "\n" && (same(last, run) || (!run.text.trim() && !run.href))) last.text += run.text;
    else result.push({ ...run });
  }
  return result;
}

const escaped = (text) => text.replace(/[\\`*]|\](?=[([:])/g, "\\$&").replace(/(^|[^\p{L}\p{N}])_|_(?=$|[^\p{L}\p{N}])/gu, (found) => found.replace("_", "\\_"));

function dressed(run, next) {
  const [, before, words, after] = /^([\s\u00a0]*)(.*?)([\s\u00a0]*)$/s.exec(run.text);
  if (!words) return run.text;
  if (run.code) return `${before}\`${words.replaceAll("`", "'")}\`${after}`;
  const marks = (run.struck ? "~~" : "") + (run.bold ? "**" : "") + (run.italic ? "*" : "");
  // «**Итого:**2» is no bold in Markdown: the sign goes out of the marks.
  const tail = marks && !after && /^[\p{L}\p{N}]/u.test(next) ? /[^\p{L}\p{N}]*$/u.exec(words)[0] : "";
  const core = words.slice(0, words.length - tail.length);
  if (!core) return run.text;
  return before + marks + escaped(core) + closing(marks) + escaped(tail) + after;
}

const closing = (marks) => marks.match(/~~|\*\*|\*/g)?.reverse().join("") ?? "";

/** Runs as a line of Markdown; `plain`: without bold and italic, as in headings. */
export function lineOf(runs, { plain = false, breaks = "  \n" } = {}) {
  const kept = merged(plain ? runs.map(({ text, href }) => ({ text, href })) : runs);
  let line = "";
  for (let i = 0; i < kept.length; ) {
    const { href } = kept[i];
    let words = "";
    for (; i < kept.length && kept[i].href === href; i++) {
      words += kept[i].text === "\n" ? "\n" : dressed(kept[i], kept[i + 1]?.text ?? "");
    }
    const [, before, core, after] = /^(\s*)(.*?)(\s*)$/s.exec(words);
    line += href && core ? `${before}[${core.replaceAll("\n", " ")}](${href})${after}` : words;
  }
  return line.replace(/[ \t]+/g, " ").replace(/\u00a0{2,}/g, " ").replace(/ ?\n ?/g, "\n").replace(/^[\s\u00a0]+|[\s\u00a0]+$/g, "").replace(/\n+/g, breaks);
}
