// <search-box data-from="/search/completions" …><form><input name="q" aria-label="…">…</form></search-box>
// A combobox with a listbox (WAI-ARIA APG, manual selection). The form stays as it is: Enter without a chosen option sends it.
const PAUSE = 120; // milliseconds after the last key
const KEY = "asked", KEPT = 6, LONGEST = 100; // questions, and characters of one
let boxes = 0;

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

// The last questions of a guest, kept in their own browser only; those of the signed-in are in the cookie of their session.

const guest = () => !document.querySelector("meta[name=csrf-token]");

/** Text and address of each, the newest first. A browser that keeps nothing has none. */
function recall() {
  try {
    const texts = JSON.parse(localStorage.getItem(KEY) ?? "[]").filter((text) => typeof text === "string").slice(0, KEPT);
    return texts.map((text) => ({ text, url: `/search?${new URLSearchParams({ q: text })}` }));
  } catch {
    return [];
  }
}

/** Put a question first; null forgets all. */
function remember(question) {
  const text = question?.trim().slice(0, LONGEST);
  const same = (one) => one.toLowerCase() === text?.toLowerCase();
  const texts = recall().map((one) => one.text).filter((one) => !same(one));
  try {
    if (text) localStorage.setItem(KEY, JSON.stringify([text, ...texts].slice(0, KEPT)));
    else localStorage.removeItem(KEY);
  } catch {
    // Full, or switched off.
  }
}

customElements.define("search-box", class extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.input = this.querySelector("input");
    this.id ||= `search-box-${++boxes}`;
    this.list = element("div", { role: "listbox", id: `${this.id}-list`, class: "offers", "aria-label": this.dataset.offers, hidden: "" });
    this.status = element("p", { role: "status", class: "sr" });
    this.append(this.list, this.status);
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [key, value] of Object.entries({ ...combobox, autocomplete: "off" })) this.input.setAttribute(key, value);
    this.options = [];
    this.at = -1;
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("focus", () => this.input.value || this.ask());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => event.isComposing || this.key(event));
    this.querySelector("form").addEventListener("submit", () => this.close());
    // The focus stays in the field: options are chosen without leaving it.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  get open() {
    return !this.list.hidden;
  }

  later() {
    this.choosing(-1);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  /** Fetch what goes on from the text; an answer that comes too late, or none, changes nothing. */
  async ask() {
    clearTimeout(this.timer);
    this.pending?.abort();
    const pending = this.pending = new AbortController();
    const text = this.input.value.trim();
    let answer = null;
    try {
      answer = text || !guest() ? await this.fetch(text, pending.signal) : this.asked();
    } catch {
      // No line, or a newer question: the form works as it is.
    }
    if (this.pending !== pending) return;
    if (answer?.groups.length && document.activeElement === this.input) this.show(answer);
    else this.close(text && answer?.told);
  }

  async fetch(text, signal) {
    const wanted = { signal, headers: { Accept: "application/json" }, credentials: "same-origin" };
    const response = await fetch(`${this.dataset.from}?${new URLSearchParams({ q: text })}`, wanted);
    return response.ok ? response.json() : null;
  }

  asked() {
    const items = recall();
    return { groups: items.length ? [{ title: this.dataset.recent, items }] : [], told: this.dataset.recent };
  }

  show({ groups, told }) {
    this.options = [];
    this.choosing(-1);
    this.list.replaceChildren(...groups.map((group, number) => this.group(group, `${this.list.id}-${number}`)));
    this.list.hidden = false;
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", "true");
    this.say(told);
  }

  group({ title, items }, id) {
    const heading = element("p", { id, role: "presentation" }, title);
    return element("div", { role: "group", "aria-labelledby": id }, heading, ...items.map((item) => this.option(item)));
  }

  /** A link where it leads to a page, so that it opens in a new tab too. */
  option({ text, note, url, query }) {
    const attributes = { role: "option", id: `${this.list.id}-option-${this.options.length}`, "aria-selected": "false" };
    const parts = [element("span", {}, text), ...(note ? [" ", element("small", {}, note)] : [])];
    const option = url ? element("a", { ...attributes, href: url, tabindex: "-1" }, ...parts) : element("div", attributes, ...parts);
    if (query !== undefined) option.dataset.query = query;
    this.options.push(option);
    return option;
  }

  close(told = "") {
    clearTimeout(this.timer);
    if (!told) this.pending?.abort();
    this.choosing(-1);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.say(told);
  }

  say(words) {
    this.status.textContent = words || "";
  }

  /** Mark an option as the one that Enter takes; -1 is the field itself. */
  choosing(at) {
    this.options[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const option = this.options[at];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(option) {
    if (option?.dataset.query === undefined) return;
    this.input.value = option.dataset.query;
    this.input.focus();
    this.ask();
  }

  async key(event) {
    const { open, at, options } = this;
    const done = () => event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "ArrowDown") {
      done();
      if (!open) await this.ask();
      if (!event.altKey && this.open) this.choosing(this.at + 1 < this.options.length ? this.at + 1 : -1);
    } else if (event.key === "ArrowUp" && open) {
      done();
      if (event.altKey) this.close();
      else this.choosing(at < 0 ? options.length - 1 : at - 1);
    } else if ((event.key === "Home" || event.key === "End") && at >= 0) {
      done();
      this.choosing(event.key === "Home" ? 0 : options.length - 1);
    } else if (event.key === "Escape" && (open || this.input.value)) {
      done();
      if (!open) this.input.value = "";
      this.close();
    } else if (event.key === "Enter" && open && at >= 0) {
      done();
      options[at].click();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      this.choosing(-1);
    }
  }
});

// The reader's own list on the search page; the server has written it where it knows the questions.
customElements.define("recent-searches", class extends HTMLElement {
  connectedCallback() {
    const asked = recall();
    this.hidden = !asked.length;
    this.querySelector("ul").replaceChildren(...asked.map(({ text, url }) => element("li", {}, element("a", { href: url }, text))));
    this.querySelector("button").onclick = () => {
      remember(null);
      this.hidden = true;
    };
  }
});

/** The box that `/` goes to: the page's own where it can be seen, else the header's. */
const nearest = () => {
  const boxes = ["main search-box input", "search-box input"].flatMap((where) => [...document.querySelectorAll(where)]);
  return boxes.find((input) => input.offsetParent);
};

// Some people's hands or voices press single keys unasked: the key can be switched off where searching is explained (WCAG 2.1.4).
const SLASH = "slash";

function works() {
  try {
    return localStorage.getItem(SLASH) !== "off";
  } catch {
    return true;
  }
}

/** Say on the box whether the key works. */
function announce() {
  const input = nearest();
  input?.closest("search-box").classList.toggle("by-key", works());
  if (works()) input?.setAttribute("aria-keyshortcuts", "/");
  else input?.removeAttribute("aria-keyshortcuts");
}
announce();

document.addEventListener("keydown", (event) => {
  // In the Russian layout the same key types a full stop.
  const slash = event.key === "/" || (event.code === "Slash" && event.key === ".");
  if (!slash || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (!works() || event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  event.preventDefault();
  nearest()?.focus();
  nearest()?.select();
});

customElements.define("slash-key", class extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("input");
    box.checked = works();
    box.onchange = () => {
      try {
        if (box.checked) localStorage.removeItem(SLASH);
        else localStorage.setItem(SLASH, "off");
      } catch {
        // A browser that keeps nothing leaves the key on.
      }
      box.checked = works();
      announce();
    };
    this.hidden = false;
  }
});

const { searchParams, pathname } = new URL(location);
if (guest() && pathname === "/search" && searchParams.get("q")) remember(searchParams.get("q"));
