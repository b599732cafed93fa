import { meta } from "./send.js";

// Leaving gives back what was taken; going on within the case (a link or a form of its own) does not.
customElements.define("held-claim", class extends HTMLElement {
  connectedCallback() {
    const scope = this.closest(".case") ?? document;
    const stay = () => { this.stays = true; };
    scope.addEventListener("click", (event) => { if (event.target.closest("a[href]")) stay(); });
    document.addEventListener("submit", stay);
    addEventListener("pageshow", () => { this.stays = false; });
    addEventListener("pagehide", () => this.leave());
  }

  leave() {
    if (this.stays || !meta()) return;
    const body = new FormData();
    body.set("taken", "0");
    body.set("csrf_token", meta().content);
    navigator.sendBeacon(this.dataset.url, body);
  }
});
