// The page takes on what is being chosen at once; the cookie is set by the form.
const attributes = { size: "size", space: "space", colours: "theme", pictures: "pictures" };

customElements.define("display-panel", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", ({ target }) => {
      const root = document.documentElement;
      const first = this.querySelector(`[name="${target.name}"]`);
      if (target === first) delete root.dataset[attributes[target.name]];
      else root.dataset[attributes[target.name]] = target.value;
    });
  }
});
