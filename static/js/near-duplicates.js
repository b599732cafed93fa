const PAUSE = 600;
const LONGEST = 600; // characters of a field: an address bears no more

// Under the title field of a form: what has been published under nearly the same title, asked for after a pause of typing;
// with data-fields what fits those fields together.
// The server's answer: {"html": "…"}, empty where nothing is near.
customElements.define("near-duplicates", class extends HTMLElement {
  connectedCallback() {
    const { elements } = this.closest("form");
    this.fields = (this.dataset.fields ?? "title").split(" ").map((name) => elements[name]);
    this.found = this.querySelector(".found");
    this.state = this.querySelector("[role=status]");
    this.asked = this.fields.map((field) => field.defaultValue.trim()).join("\n");
    for (const field of this.fields) field.addEventListener("input", () => this.later());
    this.later(); // the browser may have brought back what was typed before
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const words = this.fields.map((field) => field.value.trim());
    const typed = words.join("\n");
    if (typed === this.asked) return;
    this.request?.abort();
    this.request = new AbortController();
    const question = new URLSearchParams({ but: this.dataset.but });
    this.fields.forEach((field, index) => question.set(field.name, words[index].slice(0, LONGEST)));
    try {
      const response = await fetch(`${this.dataset.url}?${question}`, {
        credentials: "same-origin",
        headers: { Accept: "application/json" },
        signal: this.request.signal,
      });
      if (!response.ok) return;
      this.show((await response.json()).html);
      this.asked = typed;
    } catch {
      // Advice can wait: it is asked for again when the words change.
    }
  }

  /** The list may come when the writer is already further down: the field they type in stays where it is. */
  show(html) {
    const typedIn = document.activeElement;
    const before = typedIn.getBoundingClientRect().top;
    this.found.innerHTML = html;
    const moved = typedIn.getBoundingClientRect().top - before;
    if (moved && typedIn.form === this.fields[0].form) scrollBy({ top: moved, behavior: "instant" });
    this.state.textContent = this.found.querySelector(".near-head")?.textContent ?? "";
  }
});
