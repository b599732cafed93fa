// Puts the text of the chosen template before what was typed, where it can be changed; another choice takes its place.
// The choice itself is not sent then: the server would put the text there once more.
customElements.define("reason-templates", class extends HTMLElement {
  connectedCallback() {
    const choice = this.querySelector("select");
    const reason = this.querySelector("textarea");
    if (!choice || !reason) return;
    let inserted = "";
    const fill = () => {
      const text = choice.selectedOptions[0]?.dataset.text ?? "";
      const typed = inserted && reason.value.startsWith(inserted) ? reason.value.slice(inserted.length).trimStart() : reason.value;
      reason.value = [text, typed].filter(Boolean).join("\n\n");
      inserted = text;
    };
    choice.removeAttribute("name");
    choice.addEventListener("change", fill);
    if (choice.value) fill();
  }
});
