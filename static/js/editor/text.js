// Changes to a textarea that Ctrl+Z takes back. An edit is {from, to, text, start, end}: what is replaced, by what, and what is selected then.

/** What stands in the field and what is selected. */
export const stateOf = (field) => ({ value: field.value, start: field.selectionStart, end: field.selectionEnd });

/** The field again after a window: closing one, Chrome gives the focus back without the caret, and what is typed then goes nowhere. */
export function back(field, { start, end }) {
  field.blur();
  field.focus();
  field.setSelectionRange(start, end);
}

/** Do an edit. */
export function put(field, edit) {
  if (!edit) return;
  field.focus();
  field.setSelectionRange(edit.from, edit.to);
  const done = edit.text ? document.execCommand("insertText", false, edit.text) : edit.from === edit.to || document.execCommand("delete");
  if (!done) {
    field.setRangeText(edit.text, edit.from, edit.to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const after = edit.from + edit.text.length;
  field.setSelectionRange(edit.start ?? after, edit.end ?? edit.start ?? after);
}

/** Where the lines begin and end that a selection touches. */
export function linesAt({ value, start, end }) {
  const last = value.indexOf("\n", end > start && value[end - 1] === "\n" ? end - 1 : end);
  return { from: value.lastIndexOf("\n", start - 1) + 1, to: last < 0 ? value.length : last };
}

/** An edit that puts a block of lines where the selection is, apart from what stands around it. */
export function block({ value, start, end }, text) {
  const before = value.slice(0, start).replace(/[ \t]+$/, "");
  const after = value.slice(end).replace(/^[ \t]+/, "");
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = !after ? "\n" : after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  return { from: before.length, to: value.length - after.length, text: lead + text + tail, start: before.length + lead.length + text.length };
}
