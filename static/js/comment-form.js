import { quotation } from "./editor/commands.js";
import { put } from "./editor/text.js";
import { offerQuotes, whoSaid } from "./quote-selection.js";
import { send, submitPlainly } from "./send.js";

// <comment-form data-thread="thread" data-failed="…"><form action="/entries/7/comments">…</form></comment-form>
// It comes to the comment that is answered: every link with data-answer (and data-quote) leads to it.
customElements.define("comment-form", class extends HTMLElement {
  connectedCallback() {
    if (this.home) return;
    this.home = document.createComment("the form's place");
    this.before(this.home);
    this.addEventListener("submit", (event) => {
      if (event.submitter?.name !== "preview") this.post(event);
    });
    offerQuotes(this.querySelector("textarea"));
    this.addEventListener("restored", () => this.answerTo(document.getElementById(`comment-${this.form.elements.parent.value}`)));
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-answer]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      link.closest("details")?.removeAttribute("open");
      this.answer(link);
    });
  }

  get form() {
    return this.querySelector("form");
  }

  /** As its own link would do. */
  answerTo(comment) {
    const link = comment?.querySelector("a[data-answer]:not([data-quote])");
    if (link) this.answer(link);
  }

  answer({ dataset }) {
    this.say("");
    const comment = document.getElementById(`comment-${dataset.answer}`);
    comment.after(this);
    this.form.elements.parent.value = dataset.answer;
    this.notice(`${this.dataset.answering} ${dataset.name}`);
    const text = this.querySelector("textarea");
    const end = text.value.length;
    text.focus();
    text.setSelectionRange(end, end);
    if (dataset.quote === undefined) return;
    const body = comment.querySelector(".body");
    put(text, quotation({ value: text.value, start: end, end }, body.innerText, whoSaid(body)));
  }

  notice(words) {
    this.querySelector(".answering")?.remove();
    const line = document.createElement("p");
    const cancel = document.createElement("button");
    line.className = "answering";
    line.append(words, " ", cancel);
    Object.assign(cancel, { type: "button", className: "link", textContent: this.dataset.cancel });
    cancel.addEventListener("click", () => {
      const answered = document.getElementById(`comment-${this.form.elements.parent.value}`);
      this.goHome();
      answered?.focus();
    });
    this.form.prepend(line);
  }

  goHome() {
    this.form.elements.parent.value = "";
    this.querySelector(".answering")?.remove();
    this.home.after(this);
  }

  async post(event) {
    event.preventDefault();
    const form = event.target;
    const button = event.submitter ?? form.querySelector("button:not([name])");
    if (button.disabled) return;
    button.disabled = true;
    this.say("");
    try {
      const { html, id, state, once } = await send(form.action, new FormData(form));
      if (!document.getElementById(`comment-${id}`) && state === "published") this.count();
      // The next comment from here is another one, whatever its words.
      if (once) form.elements.once.value = once;
      this.insert(form, html, id);
    } catch (error) {
      // Signed out, or the page too old: the plain way leads to a page that keeps the text.
      if (error.status === 400 || error.status === 401) return submitPlainly(form);
      const faults = Object.values(error.answer?.errors ?? {}).flat().join(" ");
      this.say(faults || error.message || this.dataset.failed);
    }
    button.disabled = false;
  }

  insert(form, html, id) {
    if (!document.getElementById(`comment-${id}`)) {
      this.place(form.elements.parent.value, document.createRange().createContextualFragment(html));
    }
    form.querySelector("textarea").value = "";
    form.querySelector("draft-autosave")?.done();
    this.goHome();
    document.querySelector(".discussion .nobody")?.remove();
    document.dispatchEvent(new Event("content-added"));
    const comment = document.getElementById(`comment-${id}`);
    comment.classList.add("new");
    comment.focus();
  }

  /** An answer goes after the last answer of its branch; anything else to the end of the thread. */
  place(parent, fresh) {
    let last = parent && document.getElementById(`comment-${parent}`);
    if (!last) return document.getElementById(this.dataset.thread ?? "thread").append(fresh);
    while (last.nextElementSibling?.matches(".comment.level-2, comment-form")) last = last.nextElementSibling;
    last.after(fresh);
  }

  count() {
    const total = document.querySelector("#discussion-heading .num");
    if (total) total.textContent = Number(total.textContent) + 1;
  }

  say(text) {
    if (!this.message && text) {
      this.message = document.createElement("p");
      this.message.className = "error";
      this.message.setAttribute("role", "alert");
      this.form.append(this.message);
    }
    if (this.message) this.message.textContent = text;
  }
});
