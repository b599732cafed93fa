import { taken } from "./editor/paste.js";
import { addToolbar } from "./editor/toolbar.js";

const version = new URL(import.meta.url).search;

// <markdown-field data-preview="/preview" …> around a labelled textarea: toolbar, clean paste, completion of names, preview as it will look.
customElements.define("markdown-field", class extends HTMLElement {
  connectedCallback() {
    if (this.text) return; // moved, with the form it stands in
    this.text = this.querySelector("textarea");
    if (!this.text) return;
    this.pane = this.querySelector(".preview");
    this.button = this.querySelector("button[name=preview]");
    if (addToolbar(this.text, this.button)) this.takeIn();
    this.button?.addEventListener("click", (event) => {
      event.preventDefault();
      import(`./editor/preview.js${version}`).then(({ toggle }) => toggle(this));
    });
  }

  takeIn() {
    this.classList.add("equipped");
    const field = this.text;
    let bare = false; // Ctrl+Shift+V
    field.addEventListener("keydown", (event) => {
      bare = event.shiftKey && (event.ctrlKey || event.metaKey) && event.code === "KeyV";
    });
    field.addEventListener("paste", (event) => {
      if (!bare && taken(field, event.clipboardData)) event.preventDefault();
    });
    field.addEventListener("dragover", (event) => {
      if ([...event.dataTransfer.items].some((item) => item.kind === "file")) event.preventDefault();
    });
    field.addEventListener("drop", (event) => {
      if (event.dataTransfer.files.length) event.preventDefault();
      if (event.dataTransfer.files.length) import(`./editor/pictures.js${version}`).then(({ offer }) => offer(field, [...event.dataTransfer.files]));
    });
    field.addEventListener("input", (event) => {
      if (event.data === "@" && !this.mentions) this.mentions = import(`./editor/mentions.js${version}`).then(({ complete }) => complete(field));
    });
  }
});
