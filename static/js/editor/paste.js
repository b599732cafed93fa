// What comes by the clipboard or is dropped: formatted text becomes Markdown, a picture is offered to the practice.
import { link } from "./commands.js";
import { announce, word } from "./kit.js";
import { block, put, stateOf } from "./text.js";

const version = new URL(import.meta.url).search;
const ADDRESS = /^https?:\/\/\S+$/;
const STRUCTURED = /<(?:p|li|table|h[1-6]|b|strong|i|em|a|br|blockquote|pre|div|s|del|code)[\s>/]|font-weight|font-style/i;

const pictures = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));

/** A picture copied from a page comes with HTML that has nothing else in it; a table from Excel brings a picture of itself. */
const wordless = (html) => !html.replace(/<style\b[^]*?<\/style\s*>|<!--[^]*?-->|<[^<>]*>|&nbsp;/gi, "").trim();

/** True where it was taken; else the browser does what it always does. */
export function taken(field, transfer) {
  const html = transfer.getData("text/html"), text = transfer.getData("text/plain"), found = pictures(transfer);
  if (found.length && wordless(html)) {
    import(`./pictures.js${version}`).then(({ offer }) => offer(field, found));
    return true;
  }
  const state = stateOf(field);
  if (ADDRESS.test(text.trim()) && state.end > state.start && !ADDRESS.test(field.value.slice(state.start, state.end).trim())) {
    put(field, link(state, text.trim()));
    return true;
  }
  if (!STRUCTURED.test(html)) return false;
  insert(field, html, text);
  return true;
}

async function insert(field, html, text) {
  let markdown = "";
  try {
    markdown = (await import(`./from-html.js${version}`)).fromHtml(html);
  } catch {
    // Without a line the reader of HTML cannot be fetched: the words themselves are here.
  }
  const state = stateOf(field), words = markdown || text;
  put(field, /\n/.test(markdown) ? block(state, words) : { from: state.start, to: state.end, text: words });
  if (markdown) announce(word("pasted"));
}
