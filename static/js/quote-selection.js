import { quotation } from "./editor/commands.js";
import { plainButton, word } from "./editor/kit.js";
import { put, stateOf } from "./editor/text.js";

const QUOTABLE = ".comment .body, article .prose, article .summary";

/** What is selected on the page, with who said it and where, as Markdown; null where that is nothing of a comment or a practice. */
export function picked() {
  const selection = document.getSelection(), words = String(selection).trim();
  if (!words || selection.rangeCount === 0) return null;
  const at = selection.getRangeAt(0), start = at.startContainer.parentElement?.closest(QUOTABLE);
  const end = at.endOffset === 0 ? start : at.endContainer.parentElement?.closest(QUOTABLE);
  // One voice at a time: what reaches from one comment into another would be put into the wrong mouth.
  if (!start || start.closest(".comment, article") !== (end ?? start).closest(".comment, article")) return null;
  return { words, who: whoSaid(start), comment: start.closest(".comment"), after: start };
}

const inBrackets = (text) => text.trim().replace(/[[\]\\]/g, "\\$&");

/** The author and the address of some words, as Markdown. */
export function whoSaid(part) {
  const comment = part.closest(".comment");
  if (!comment) return `[${inBrackets(document.querySelector("h1").textContent)}](${location.pathname}):`;
  const author = comment.querySelector(".who"), handle = /^\/people\/([\w.-]+)$/.exec(author?.getAttribute("href") ?? "")?.[1];
  const name = `[${inBrackets(author?.textContent ?? "")}](/comments/${comment.id.replace("comment-", "")})`;
  return handle ? `${name}, @${handle}:` : `${name}:`;
}

/** A button by what is selected; Tab goes from there to it first, Escape puts it away. */
export function offerQuotes(field) {
  const button = plainButton(word("quote"), "button small quote-button", () => take());
  let timer;
  const hide = () => button.remove();
  const take = () => {
    const found = picked();
    hide();
    if (!found) return;
    const form = field.form, parent = form.elements.parent;
    if (found.comment && parent && !parent.value) field.closest("comment-form")?.answerTo(found.comment);
    put(field, quotation(stateOf(field), found.words, found.who));
    field.scrollIntoView({ block: "center" });
  };
  const show = () => {
    const found = picked();
    if (!found) return hide();
    const box = document.getSelection().getRangeAt(0).getBoundingClientRect();
    found.after.after(button);
    button.style.left = `${Math.max(8, Math.min(box.left, innerWidth - button.offsetWidth - 8)) + scrollX}px`;
    button.style.top = `${box.bottom + scrollY + 6}px`;
  };
  document.addEventListener("keydown", (event) => {
    if (!button.isConnected || event.target.matches("input, textarea, select")) return;
    if (event.key === "Escape") hide();
    if (event.key !== "Tab" || event.shiftKey || event.target === button) return;
    event.preventDefault();
    button.focus();
  });
  button.addEventListener("mousedown", (event) => event.preventDefault());
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    if (document.activeElement !== button) timer = setTimeout(show, 250);
  });
}
