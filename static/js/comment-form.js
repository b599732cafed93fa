import { send } from "./send.js";

// <comment-form data-thread="thread" data-failed="…"><form action="/entries/7/comments">…</form></comment-form>
customElements.define("comment-form", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      if (event.submitter?.name !== "preview") this.post(event);
    });
  }

  async post(event) {
    event.preventDefault();
    const form = event.target;
    const button = event.submitter ?? form.querySelector("button:not([name])");
    if (button.disabled) return;
    button.disabled = true;
    this.say("");
    try {
      const { html, id } = await send(form.action, new FormData(form));
      this.insert(form, html, id);
    } catch (error) {
      const faults = Object.values(error.answer?.errors ?? {}).flat().join(" ");
      this.say(faults || error.message || this.dataset.failed);
    }
    button.disabled = false;
  }

  insert(form, html, id) {
    const fresh = document.createRange().createContextualFragment(html);
    this.place(form.elements.parent?.value, fresh);
    form.querySelector("textarea").value = "";
    const details = this.closest("details");
    if (details) details.open = false;
    document.dispatchEvent(new Event("content-added"));
    const comment = document.getElementById(`comment-${id}`);
    comment?.classList.add("new");
    comment?.focus();
  }

  /** An answer goes after the last answer of its branch; anything else to the end of the thread. */
  place(parent, fresh) {
    let last = parent && document.getElementById(`comment-${parent}`);
    if (!last) return document.getElementById(this.dataset.thread ?? "thread").append(fresh);
    while (last.nextElementSibling?.matches(".comment.level-2")) last = last.nextElementSibling;
    last.after(fresh);
  }

  say(text) {
    if (!this.message) {
      this.message = document.createElement("p");
      this.message.className = "error";
      this.message.setAttribute("role", "alert");
      this.querySelector("form").append(this.message);
    }
    this.message.textContent = text;
  }
});
