import { send, submitPlainly } from "./send.js";

customElements.define("bookmark-toggle", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target;
      try {
        this.show((await send(form.action, new FormData(form))).bookmarked);
      } catch {
        submitPlainly(form, event.submitter);
      }
    });
  }

  show(saved) {
    const button = this.querySelector("button");
    button.setAttribute("aria-pressed", String(saved));
    button.querySelector("span").textContent = saved ? this.dataset.on : this.dataset.off;
  }
});
