customElements.define("confirm-button", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (event.target.closest("button, a") && !confirm(this.dataset.question)) {
        event.preventDefault();
        event.stopPropagation();
      }
    }, true);
  }
});
