// A picture pasted, dropped or chosen: described first, then kept with the practice and put into the text.
import { send } from "../send.js";
import { announce, piece, word } from "./kit.js";
import { back, block, put, stateOf } from "./text.js";

const MEGABYTE = 1024 * 1024;
const KINDS = ["image/jpeg", "image/png", "image/webp"];

/** By the button: whatever the reader chooses. */
export function choose(field) {
  if (!takes(field)) return;
  const input = document.createElement("input");
  Object.assign(input, { type: "file", accept: KINDS.join(",") });
  input.addEventListener("change", () => offer(field, [...input.files]));
  input.click();
}

function takes(field) {
  const can = field.form.dataset.pictures !== undefined;
  say(field, can ? "" : word("picture-here"));
  return can;
}

/** Files that were pasted or dropped, one after the other. */
export async function offer(field, files) {
  if (!takes(field)) return;
  for (const file of files) {
    const fault = faultOf(file);
    say(field, fault);
    if (!fault) await new Window(field, file).closed;
  }
}

function faultOf(file) {
  if (!KINDS.includes(file.type)) return word("picture-type");
  return file.size > 10 * MEGABYTE ? word("picture-size", { size: (file.size / MEGABYTE).toFixed(1).replace(".", ",") }) : "";
}

function say(field, text) {
  const host = field.closest("markdown-field");
  let line = host.querySelector(".picture-said");
  if (!line) {
    line = document.createElement("p");
    line.className = "error picture-said";
    host.append(line);
  }
  line.hidden = !text;
  line.textContent = text;
  announce(text);
}

class Window {
  constructor(field, file) {
    Object.assign(this, { field, file, state: stateOf(field), window: piece(".picture-window") });
    this.alt = this.window.querySelector("input");
    this.window.querySelector(".picture-name").textContent = file.name;
    this.window.querySelector("[data-cancel]").addEventListener("click", () => this.window.close());
    this.window.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.insert(event.submitter);
    });
    this.closed = new Promise((done) => this.window.addEventListener("close", () => {
      this.window.remove();
      if (!this.inserted) back(this.field, this.state);
      done();
    }));
    document.body.append(this.window);
    this.window.showModal();
    this.alt.focus();
    this.draw();
  }

  /** Drawn, not shown by an address: the site's policy knows no pictures but its own. */
  async draw() {
    const canvas = this.window.querySelector("canvas");
    try {
      const picture = await createImageBitmap(this.file), scale = Math.min(canvas.width / picture.width, canvas.height / picture.height, 1);
      [canvas.width, canvas.height] = [Math.max(1, picture.width * scale), Math.max(1, picture.height * scale)];
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    } catch {
      canvas.hidden = true;
    }
  }

  wrong(text) {
    const line = this.window.querySelector("#picture-error");
    line.textContent = text;
    line.hidden = !text;
    this.alt.setAttribute("aria-invalid", String(Boolean(text)));
    this.alt.focus();
  }

  async insert(button) {
    const alt = this.alt.value.replace(/\s+/g, " ").trim();
    if (!alt) return this.wrong(word("picture-alt"));
    button.disabled = true;
    try {
      const body = new FormData();
      body.set("picture", this.file);
      body.set("alt", alt);
      const { url } = await send(await this.address(), body);
      this.inserted = true;
      this.window.close();
      put(this.field, block({ ...this.state, start: this.state.end }, `![${alt.replace(/[[\]\\]/g, "\\$&")}](${url})`));
      announce(word("picture-done"));
    } catch (error) {
      const known = { 0: "offline", 400: "signed-out", 401: "signed-out" }[error.status];
      this.wrong(error.status === undefined ? word("picture-draft") : known ? word(known) : error.message || word("failed"));
    }
    button.disabled = false;
  }

  /** Pictures belong to a practice: one that is only typed so far becomes a draft first. */
  async address() {
    const { form } = this.field;
    if (!form.dataset.pictures) await form.querySelector("draft-autosave")?.save();
    if (!form.dataset.pictures) throw new Error();
    return form.dataset.pictures;
  }
}
