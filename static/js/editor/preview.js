// How the text will look, drawn by the server's own renderer: beside the field on wide screens, instead of it on narrow ones.
import { send } from "../send.js";
import { word } from "./kit.js";

const PAUSE = 400;
const WIDE = matchMedia("(min-width: 60rem)");
const shown = new WeakMap();

/** Show the preview of a <markdown-field>, or put it away. */
export function toggle(host) {
  if (!shown.has(host)) shown.set(host, new Preview(host));
  shown.get(host).toggle();
}

class Preview {
  constructor(host) {
    this.host = host;
    this.pane = host.pane;
    this.open = false;
    host.text.addEventListener("input", () => this.open && this.later());
    host.text.form?.addEventListener("submit", () => this.close());
    WIDE.addEventListener("change", () => this.open && this.place());
  }

  toggle() {
    this.open ? this.close(true) : this.show();
  }

  show() {
    this.open = true;
    this.host.button.setAttribute("aria-expanded", "true");
    this.place();
    this.draw();
  }

  close(focus = false) {
    if (!this.open) return;
    this.open = false;
    this.request?.abort();
    this.host.text.hidden = false;
    this.pane.hidden = true;
    this.host.classList.remove("beside");
    document.getElementById("main").classList.toggle("previewing", Boolean(document.querySelector("markdown-field.beside")));
    this.host.button.setAttribute("aria-expanded", "false");
    this.host.button.textContent = this.host.dataset.show;
    if (focus) this.host.text.focus();
  }

  place() {
    const wide = WIDE.matches;
    this.host.classList.toggle("beside", wide);
    document.getElementById("main").classList.toggle("previewing", wide);
    this.host.text.hidden = !wide;
    this.pane.hidden = false;
    this.host.button.textContent = wide ? this.host.dataset.close : this.host.dataset.edit;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), PAUSE);
  }

  async draw() {
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request, body = new FormData();
    body.set("text", this.host.text.value);
    try {
      const { html } = await send(this.host.dataset.preview, body, signal);
      this.pane.innerHTML = html;
      this.pane.classList.toggle("blank", !html);
      if (!html) this.pane.textContent = word("preview-empty");
    } catch (error) {
      // Only the latest request may speak. Without a line what was drawn before stays; a text that cannot be drawn says why.
      if (!signal.aborted && (error.message || !this.pane.textContent)) this.pane.textContent = error.message || this.host.dataset.failed;
    }
  }
}
