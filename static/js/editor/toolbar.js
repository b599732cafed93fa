// The buttons over a Markdown field and their keys. One stop of Tab; arrows, Home and End go from button to button.
import * as commands from "./commands.js";
import { piece, word } from "./kit.js";
import { aligned, tableAt } from "./tables.js";
import { put, stateOf } from "./text.js";

const version = new URL(import.meta.url).search;
const KEYS = { KeyB: "bold", KeyI: "italic", KeyK: "link" };
const plain = { bold: commands.bold, italic: commands.italic, link: commands.link, heading: commands.heading, list: commands.bullets, numbered: commands.numbers, align: aligned };

const acts = {
  quote: async (field) => {
    const { picked } = await import(`../quote-selection.js${version}`);
    const found = picked();
    put(field, found ? commands.quotation(stateOf(field), found.words, found.who) : commands.quoted(stateOf(field)));
  },
  table: async (field) => (await import(`./table-grid.js${version}`)).edit(field),
  picture: async (field) => (await import(`./pictures.js${version}`)).choose(field),
};

function act(name, field) {
  if (field.hidden) return; // a preview stands in its place
  if (plain[name]) put(field, plain[name](stateOf(field)));
  else acts[name]?.(field);
}

/** The toolbar of a field, standing before it with the switch of its preview at the end; null where the page brings no kit. */
export function addToolbar(field, preview) {
  const bar = piece("[role=toolbar]");
  if (!bar) return null;
  bar.setAttribute("aria-controls", field.id);
  bar.querySelector("[data-do=align]").hidden = true;
  bar.querySelector("[data-do=picture]").hidden = field.form?.dataset.pictures === undefined;
  if (preview) bar.append(preview);
  const host = field.closest("char-count") ?? field;
  host.before(bar);
  const all = () => [...bar.querySelectorAll("button:not([hidden])")];
  const stop = (button) => all().forEach((one) => (one.tabIndex = one === button ? 0 : -1));
  stop(all()[0]);
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button?.dataset.do) return;
    stop(button);
    act(button.dataset.do, field);
  });
  bar.addEventListener("focusin", (event) => stop(event.target));
  bar.addEventListener("keydown", (event) => {
    const buttons = all(), at = buttons.indexOf(event.target), last = buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[to].focus();
  });
  field.addEventListener("keydown", (event) => onKey(event, field));
  const look = () => {
    const found = Boolean(tableAt(field.value, field.selectionStart));
    bar.querySelector("[data-do=align]").hidden = !found;
    bar.querySelector("[data-do=table]").title = word(found ? "table-edit" : "table-new");
  };
  for (const kind of ["keyup", "click", "input", "focus"]) field.addEventListener(kind, look);
  return bar;
}

function onKey(event, field) {
  if (event.isComposing) return;
  const command = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (command && !event.shiftKey && KEYS[event.code]) {
    event.preventDefault();
    return act(KEYS[event.code], field);
  }
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
  if (command) {
    event.preventDefault();
    const button = [...field.form.querySelectorAll("button")].find((one) => one.type === "submit" && !one.formNoValidate);
    return field.form.requestSubmit(button);
  }
  const edit = event.defaultPrevented ? null : commands.continued(stateOf(field));
  if (!edit) return;
  event.preventDefault();
  put(field, edit);
}
