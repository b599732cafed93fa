// What the browser holds and the server does not, offered back; nothing is put in by itself.
import { forget } from "../copies.js";
import { plainButton, word } from "./kit.js";

const SHOWN = 5;

/** A line for each copy over the form of an autosave: put it back, or throw it away. */
export function offer(autosave, copies) {
  const box = document.createElement("div"), lines = document.createElement("ul");
  box.className = "notice restore";
  lines.append(...copies.slice(0, SHOWN).map((copy) => lineOf(autosave, copy, box)));
  box.append(lines);
  autosave.form.before(box);
}

function lineOf(autosave, copy, box) {
  const line = document.createElement("li"), buttons = document.createElement("span");
  const gone = () => {
    line.remove();
    if (!box.querySelector("li")) box.remove();
  };
  buttons.className = "row";
  buttons.append(
    plainButton(word("restore"), "button small", () => {
      gone();
      restore(autosave.form, copy.fields);
      forget(autosave.text, copy.tab);
      autosave.form.dispatchEvent(new Event("restored", { bubbles: true }));
      autosave.touch();
      autosave.form.querySelector("textarea, input:not([type=hidden])")?.focus();
    }),
    plainButton(word("throw-away"), "link", () => {
      gone();
      forget(autosave.text, copy.tab);
    }),
  );
  line.append(word("unsaved", { time: timeOf(copy.at) }), nameOf(copy), buttons);
  return line;
}

function timeOf(at) {
  const lang = document.documentElement.lang, date = new Date(at), time = { hour: "2-digit", minute: "2-digit" };
  return date.toDateString() === new Date().toDateString() ? date.toLocaleTimeString(lang, time) : date.toLocaleString(lang, { day: "numeric", month: "long", ...time });
}

/** The beginning of it, so that several can be told apart. */
function nameOf({ fields }) {
  const name = document.createElement("q"), values = Object.fromEntries(fields);
  const words = (values.title || values.body || values.problem || values.solution || "").trim();
  name.textContent = words.length > 60 ? `${words.slice(0, 59)}…` : words;
  return words ? name : "";
}

function restore(form, fields) {
  const rows = fields.map(([name]) => /^([a-z_]+)-\d+-/.exec(name)?.[0]).filter(Boolean);
  for (const prefix of new Set(rows)) growRow(form, prefix);
  for (const field of form.elements) if (field.type === "checkbox") field.checked = false;
  for (const [name, value] of fields) {
    const found = form.elements[name];
    const boxes = found instanceof RadioNodeList ? [...found] : [found];
    const box = boxes.find((one) => one?.type === "checkbox" && one.value === value);
    if (box) box.checked = true;
    else if (found) found.value = value;
  }
}

function growRow(form, prefix) {
  const group = prefix.split("-")[0];
  const add = form.querySelector(`form-rows [name=add_row][value="${CSS.escape(group)}"]`);
  for (let i = 0; add && i < 50 && !form.querySelector(`[name^="${CSS.escape(prefix)}"]`); i++) add.click();
}
