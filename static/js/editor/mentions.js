// «@» and some letters: people to choose from, under the caret. The field keeps the focus; arrows, Enter, Tab and Escape work the list.
import { placeOf } from "./caret.js";
import { announce, word } from "./kit.js";
import { put } from "./text.js";

const PAUSE = 200;
const BEGUN = /(?:^|[\s(>«"])@([\p{L}\p{N}_.-]{1,40})$/u;

export function complete(field) {
  return new Completion(field);
}

class Completion {
  constructor(field) {
    this.field = field;
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `people-for-${field.id}`, className: "people-list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", word("people-list"));
    document.body.append(this.list);
    for (const [name, value] of Object.entries({ autocomplete: "list", haspopup: "listbox", controls: this.list.id })) field.setAttribute(`aria-${name}`, value);
    field.addEventListener("input", () => this.later());
    field.addEventListener("blur", () => this.hide());
    field.addEventListener("click", () => this.hide());
    // Before the toolbar's own keys: Enter chooses here.
    field.addEventListener("keydown", (event) => this.key(event), true);
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
    this.later();
  }

  begun() {
    const { selectionStart: at, selectionEnd: end, value } = this.field;
    return at === end ? BEGUN.exec(value.slice(Math.max(0, at - 60), at))?.[1] ?? null : null;
  }

  later() {
    clearTimeout(this.timer);
    if (this.silent || this.begun() === null) return this.hide();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const begun = this.begun();
    if (begun === null) return this.hide();
    this.request?.abort();
    this.request = new AbortController();
    const entry = /\/entries\/(\d+)\//.exec(this.field.form.getAttribute("action"))?.[1] ?? /\/practices\/(\d+)\//.exec(location.pathname)?.[1] ?? "";
    try {
      const response = await fetch(`/people/completions?${new URLSearchParams({ q: begun, entry })}`, {
        credentials: "same-origin", headers: { Accept: "application/json" }, signal: this.request.signal,
      });
      if (response.status === 404) this.silent = true;
      if (response.ok && begun === this.begun()) this.show((await response.json()).items ?? [], begun);
      else this.hide();
    } catch {
      this.hide();
    }
  }

  show(items, begun) {
    if (!items.length) return this.hide();
    this.list.replaceChildren(...items.map(({ handle, name, note }, index) => {
      const option = document.createElement("li"), who = document.createElement("b"), more = document.createElement("span");
      option.id = `${this.list.id}-${index}`;
      option.dataset.handle = handle;
      option.setAttribute("role", "option");
      who.textContent = name;
      more.textContent = `@${handle}${note ? ` · ${note}` : ""}`;
      option.append(who, " ", more);
      return option;
    }));
    this.list.hidden = false;
    const place = placeOf(this.field, this.field.selectionStart - begun.length - 1);
    this.list.style.left = `${Math.max(8, Math.min(place.left, document.documentElement.clientWidth - this.list.offsetWidth - 8))}px`;
    this.list.style.top = `${place.top + place.height + 4}px`;
    this.mark(0);
    announce(word("people", { count: items.length }));
  }

  hide() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  mark(index) {
    const options = [...this.list.children];
    this.at = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.at)));
    options[this.at].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", options[this.at].id);
  }

  key(event) {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark(this.at + step);
    else if (event.key === "Enter" || event.key === "Tab") this.choose(this.list.children[this.at]);
    else if (event.key === "Escape") this.hide();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  choose(option) {
    const to = this.field.selectionStart, from = to - this.begun().length;
    this.hide();
    put(this.field, { from, to, text: `${option.dataset.handle} ` });
  }
}
