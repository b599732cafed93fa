// Beside the form of a practice: counts anew while it is filled in, by the fields that the page names for each question.
customElements.define("practice-readiness", class extends HTMLElement {
  connectedCallback() {
    const form = document.getElementById("practice");
    const wide = matchMedia("(min-width: 60rem)").matches;
    this.querySelector("details").open = wide;
    if (!form) return; // a preview
    this.questions = [...this.querySelectorAll("[data-fields]")].map((line) => ({
      line,
      names: new RegExp(`^(?:${line.dataset.fields.split(" ").map((name) => name.replace("*", "\\d+")).join("|")})$`),
    }));
    let timer;
    for (const kind of ["input", "change"]) {
      form.addEventListener(kind, () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.count(form), 300);
      });
    }
    this.count(form);
  }

  count(form) {
    const filled = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value.trim()).map(([name]) => name);
    const status = form.elements.status?.value;
    const asked = this.questions.filter(({ line }) => !line.dataset.status || line.dataset.status === status);
    for (const { line } of this.questions) line.hidden = true;
    for (const { line, names } of asked) line.hidden = filled.some((name) => names.test(name));
    const answered = asked.filter(({ line }) => line.hidden).length, all = answered === asked.length;
    this.querySelector("[data-answered]").textContent = answered;
    this.querySelector("[data-total]").textContent = asked.length;
    const progress = this.querySelector("progress");
    [progress.max, progress.value] = [asked.length, answered];
    this.querySelector(".open-questions").hidden = all;
    this.querySelector(".all-answered").hidden = !all;
    for (const group of this.querySelectorAll(".open-questions > div")) group.hidden = !group.querySelector("li:not([hidden])");
  }
});
