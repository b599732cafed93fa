import { meta } from "./send.js";

// Following a notice marks its line as read; without this there is the button. `keepalive`: the page is left meanwhile.
customElements.define("notice-list", class extends HTMLElement {
  connectedCallback() {
    const follow = (event) => {
      const form = event.target.closest("a") && event.target.closest(".unread")?.querySelector("form");
      if (!form) return;
      const headers = { Accept: "application/json", "X-CSRFToken": meta()?.content ?? "" };
      fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", keepalive: true, headers }).catch(() => {});
    };
    this.addEventListener("click", follow);
    this.addEventListener("auxclick", follow);
  }
});
