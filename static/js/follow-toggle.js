import { send, submitPlainly } from "./send.js";

customElements.define("follow-toggle", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target;
      try {
        this.show((await send(form.action, new FormData(form))).following);
      } catch {
        submitPlainly(form, event.submitter);
      }
    });
  }

  show(on) {
    const button = this.querySelector("button");
    button.setAttribute("aria-pressed", String(on));
    button.querySelector("span").textContent = on ? this.dataset.on : this.dataset.off;
    this.querySelector("[name=value]").value = on ? "0" : "1";
  }
});
