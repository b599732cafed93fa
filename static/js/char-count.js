customElements.define("char-count", class extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("textarea, input");
    const counter = this.querySelector(".counter");
    const show = () => {
      const left = Number(this.dataset.max) - [...field.value].length;
      counter.textContent = left < 0 ? `${this.dataset.over} ${-left}` : `${this.dataset.left} ${left}`;
      counter.classList.toggle("over", left < 0);
    };
    field.addEventListener("input", show);
    show();
  }
});
