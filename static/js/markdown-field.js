import { send } from "./send.js";

customElements.define("markdown-field", class extends HTMLElement {
  connectedCallback() {
    if (this.text) return; // moved, with the form it stands in
    this.text = this.querySelector("textarea");
    this.pane = this.querySelector(".preview");
    this.button = this.querySelector("button[name=preview]");
    if (!this.text || !this.button) return;
    this.button.addEventListener("click", (event) => {
      event.preventDefault();
      this.text.hidden ? this.edit() : this.preview();
    });
    this.button.before(this.quoteButton());
    this.text.form?.addEventListener("submit", () => this.edit());
  }

  async preview() {
    const body = new FormData();
    body.set("text", this.text.value);
    try {
      this.pane.innerHTML = (await send(this.dataset.preview, body)).html;
      this.text.hidden = true;
      this.button.textContent = this.dataset.edit;
    } catch {
      this.pane.textContent = this.dataset.failed;
    }
    this.pane.hidden = false;
  }

  edit() {
    if (!this.text.hidden) return;
    this.text.hidden = false;
    this.pane.hidden = true;
    this.button.textContent = this.dataset.show;
  }

  quoteButton() {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "link", textContent: this.dataset.quote });
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => this.quote());
    return button;
  }

  /** Quotes what is selected on the page, else what is selected in the field. */
  quote() {
    const { selectionStart, selectionEnd: end, value } = this.text;
    const page = document.activeElement === this.text ? "" : String(document.getSelection()).trim();
    const start = page ? end : selectionStart;
    const picked = page || value.slice(start, end);
    const quoted = picked.replace(/^/gm, "> ");
    const lead = start > 0 && value[start - 1] !== "\n" ? "\n\n" : "";
    this.edit();
    this.text.focus();
    this.text.setRangeText(`${lead}${quoted}\n\n`, start, end, "end");
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
