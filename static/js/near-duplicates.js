const PAUSE = 600;

// Under the title field of a form: what has been published under nearly the same title, asked for after a pause of typing.
// The server's answer: {"html": "…"}, empty where nothing is near.
customElements.define("near-duplicates", class extends HTMLElement {
  connectedCallback() {
    this.field = this.closest("form").elements.title;
    this.found = this.querySelector(".found");
    this.state = this.querySelector("[role=status]");
    this.asked = this.field.defaultValue.trim();
    this.field.addEventListener("input", () => this.later());
    this.later(); // the browser may have brought back what was typed before
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const title = this.field.value.trim();
    if (title === this.asked) return;
    this.request?.abort();
    this.request = new AbortController();
    const question = new URLSearchParams({ title, but: this.dataset.but });
    try {
      const response = await fetch(`${this.dataset.url}?${question}`, {
        credentials: "same-origin",
        headers: { Accept: "application/json" },
        signal: this.request.signal,
      });
      if (!response.ok) return;
      this.show((await response.json()).html);
      this.asked = title;
    } catch {
      // Advice can wait: it is asked for again when the title changes.
    }
  }

  /** The list may come when the writer is already further down: the field they type in stays where it is. */
  show(html) {
    const typedIn = document.activeElement;
    const before = typedIn.getBoundingClientRect().top;
    this.found.innerHTML = html;
    const moved = typedIn.getBoundingClientRect().top - before;
    if (moved && typedIn.form === this.field.form) scrollBy({ top: moved, behavior: "instant" });
    this.state.textContent = this.found.querySelector(".near-head")?.textContent ?? "";
  }
});
