// What is asked only of practices that did not work stays folded away until the status says so; what was filled in is never hidden.
customElements.define("failed-part", class extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form"), status = form?.elements.status;
    if (!status) return;
    const entry = document.querySelector('.toc a[href="#part-failed"]')?.parentElement;
    const show = () => {
      const unsigned = form.querySelector('[name="anonymous"][value="1"]')?.checked;
      this.hidden = status.value !== "failed" && !unsigned && !this.querySelector(".bad");
      if (entry) entry.hidden = this.hidden;
    };
    status.addEventListener("change", show);
    show();
  }
});
