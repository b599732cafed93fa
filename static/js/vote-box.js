import { send, submitPlainly } from "./send.js";

customElements.define("vote-box", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.vote(event));
  }

  async vote(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    const form = event.target;
    const body = new FormData(form);
    body.set("value", event.submitter.value);
    try {
      this.show(await send(form.action, body));
    } catch {
      submitPlainly(form, event.submitter);
    }
    this.busy = false;
  }

  show({ score, value }) {
    this.querySelector(".score").textContent = String(score).replace("-", "−");
    for (const [name, own] of [["up", 1], ["down", -1]]) {
      const button = this.querySelector(`.${name}`);
      button.setAttribute("aria-pressed", String(value === own));
      button.value = value === own ? 0 : own;
    }
  }
});
