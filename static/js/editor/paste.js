// What comes by the clipboard or is dropped: formatted text becomes Markdown, a picture is offered to the practice.
import { link } from "./commands.js";
import { fromHtml, hasStructure } from "./from-html.js";
import { inert } from "./inline.js";
import { announce, word } from "./kit.js";
import { block, put, stateOf } from "./text.js";

const version = new URL(import.meta.url).search;
const ADDRESS = /^https?:\/\/\S+$/;

const pictures = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));

/** A picture copied from a page comes with HTML that has nothing else in it; a table from Excel brings a picture of itself. */
const wordless = (html) => !inert(html).body.textContent.trim();

/** True where it was taken; else the browser does what it always does. */
export function taken(field, transfer) {
  const html = transfer.getData("text/html"), text = transfer.getData("text/plain"), found = pictures(transfer);
  if (found.length && (!html || wordless(html))) {
    import(`./pictures.js${version}`).then(({ offer }) => offer(field, found));
    return true;
  }
  const state = stateOf(field);
  if (ADDRESS.test(text.trim()) && state.end > state.start && !ADDRESS.test(field.value.slice(state.start, state.end).trim())) {
    put(field, link(state, text.trim()));
    return true;
  }
  if (!html || !hasStructure(html)) return false;
  const markdown = fromHtml(html);
  if (!markdown) return false;
  put(field, /\n/.test(markdown) ? block(state, markdown) : { from: state.start, to: state.end, text: markdown });
  announce(word("pasted"));
  return true;
}
