// A table as a grid of fields in a window: the one under the cursor, or a new one.
import { gridOf } from "./from-html.js";
import { inert } from "./inline.js";
import { piece, word } from "./kit.js";
import { tableAt, written } from "./tables.js";
import { back, block, put, stateOf } from "./text.js";

const EMPTY = () => [["", "", ""], ["", "", ""], ["", "", ""]];

export function edit(field) {
  const state = stateOf(field), found = tableAt(field.value, state.start);
  new Grid(found?.rows ?? EMPTY(), found?.aligns ?? [], Boolean(found), (rows, aligns) => {
    const text = written(rows, aligns);
    put(field, found ? { from: found.from, to: found.to, text } : block({ ...state, start: state.end }, text));
  }, () => back(field, state));
}

class Grid {
  constructor(rows, aligns, known, done, left) {
    this.rows = rows.map((row) => Array.from({ length: Math.max(...rows.map((one) => one.length)) }, (_, i) => row[i] ?? ""));
    this.aligns = aligns;
    this.y = this.x = 0;
    this.window = piece(".grid-window");
    this.body = this.window.querySelector("tbody");
    if (known) this.window.querySelector("[value=done] span").textContent = word("table-save");
    this.window.addEventListener("click", (event) => this.press(event.target.closest("[data-grid]")?.dataset.grid));
    this.window.addEventListener("close", () => {
      this.window.remove();
      left();
      if (this.window.returnValue === "done") done(this.rows, this.aligns);
    });
    this.body.addEventListener("input", ({ target }) => (this.rows[target.dataset.y][target.dataset.x] = target.value));
    this.body.addEventListener("focusin", ({ target }) => this.at(Number(target.dataset.y), Number(target.dataset.x)));
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("paste", (event) => this.paste(event));
    document.body.append(this.window);
    this.draw();
    this.window.showModal();
    this.go(0, 0);
  }

  draw() {
    this.body.replaceChildren(...this.rows.map((row, y) => {
      const line = document.createElement("tr");
      line.append(...row.map((text, x) => this.cell(text, y, x)));
      return line;
    }));
  }

  cell(text, y, x) {
    const cell = document.createElement("td"), input = document.createElement("input");
    Object.assign(input, { className: "input", value: text, autocomplete: "off" });
    Object.assign(input.dataset, { y, x });
    input.setAttribute("aria-label", word(y ? "table-cell" : "table-head", { row: y, column: x + 1 }));
    input.classList.toggle("head", y === 0);
    input.classList.toggle("end", this.aligns[x] === "end");
    cell.append(input);
    return cell;
  }

  at(y, x) {
    [this.y, this.x] = [y, x];
    this.window.querySelector("[data-grid=align]").setAttribute("aria-pressed", String(this.aligns[x] === "end"));
  }

  go(y, x) {
    const input = this.body.rows[y]?.cells[x]?.firstChild;
    input?.focus();
    input?.select();
  }

  press(name) {
    const { x, y } = this, width = this.rows[0].length;
    if (name === "add-row") this.rows.splice(y + 1, 0, Array(width).fill(""));
    else if (name === "add-column") this.column((row) => row.splice(x + 1, 0, ""), () => this.aligns.splice(x + 1, 0, ""));
    else if (name === "drop-row" && this.rows.length > 2) this.rows.splice(y, 1);
    else if (name === "drop-column" && width > 1) this.column((row) => row.splice(x, 1), () => this.aligns.splice(x, 1));
    else if (name === "align") this.aligns[x] = this.aligns[x] === "end" ? "" : "end";
    else return;
    this.draw();
    this.go(Math.min(y + (name === "add-row"), this.rows.length - 1), Math.min(x + (name === "add-column"), this.rows[0].length - 1));
  }

  column(change, align) {
    for (let i = this.aligns.length; i < this.rows[0].length; i++) this.aligns[i] = "";
    this.rows.forEach(change);
    align();
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && this.y === this.rows.length - 1) {
      event.preventDefault();
      return this.press("add-row");
    }
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.go(this.y + step, this.x);
  }

  /** Cells from a spreadsheet fill the grid from here on. */
  paste(event) {
    const table = inert(event.clipboardData.getData("text/html")).querySelector("table");
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "");
    const rows = table ? gridOf(table) : /\t|\n./.test(text) ? text.replace(/\n$/, "").split("\n").map((line) => line.split("\t")) : null;
    if (!rows) return;
    event.preventDefault();
    const { x, y } = this, width = Math.max(this.rows[0].length, x + Math.max(...rows.map((row) => row.length)));
    while (this.rows.length < y + rows.length) this.rows.push([]);
    for (const row of this.rows) while (row.length < width) row.push("");
    rows.forEach((row, dy) => row.forEach((cell, dx) => (this.rows[y + dy][x + dx] = cell)));
    this.draw();
    this.go(y, x);
  }
}
