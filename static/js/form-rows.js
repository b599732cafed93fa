// Adds and removes rows by cloning the <template>; without it the same buttons are submits that the server answers.
customElements.define("form-rows", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".rows");
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.name === "add_row") this.add(event);
      else if (button?.name === "remove_row") this.remove(event, button);
    });
  }

  add(event) {
    event.preventDefault();
    const row = this.querySelector("template").content.firstElementChild.cloneNode(true);
    const index = this.next();
    for (const node of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of node.attributes) attribute.value = attribute.value.replaceAll("__index__", index);
    }
    this.list.append(row);
    row.querySelector("input, select, textarea")?.focus();
    this.changed();
  }

  remove(event, button) {
    event.preventDefault();
    const row = button.closest("li");
    const near = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (near?.querySelector("input, select, textarea") ?? this.querySelector("[name=add_row]")).focus();
    this.changed();
  }

  /** One past the greatest index in use, so that a removed row's names never come back. */
  next() {
    const used = [...this.list.querySelectorAll("[name]")].map((node) => Number(/-(\d+)-/.exec(node.name)?.[1] ?? -1));
    this.last = Math.max(this.last ?? -1, ...used) + 1;
    return this.last;
  }

  changed() {
    this.list.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
