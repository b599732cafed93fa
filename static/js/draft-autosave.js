import { forget, keep, left, tab } from "./copies.js";
import { announce, word } from "./editor/kit.js";
import { Tabs } from "./editor/tabs.js";
import { renewToken, send } from "./send.js";

const version = new URL(import.meta.url).search;
const PAUSE = 1500;
const DELAYS = [5, 10, 20, 40, 60].map((seconds) => seconds * 1000);
const ASIDE = ["csrf_token", "version", "once", "tab", "copy", "over"];

// In or around a form with data-copy (what it writes) and, where the server keeps drafts of it, data-autosave (where to). The server's
// answer: {"saved_at": "14:32", "copy": stamp}, and where they change "autosave", "url", "version", "pictures".
customElements.define("draft-autosave", class extends HTMLElement {
  connectedCallback() {
    if (this.form) return; // moved, with the form it stands in
    this.form = this.closest("form") ?? this.querySelector("form");
    this.state = this.querySelector(".save-state");
    this.failures = 0;
    this.setField("tab", tab);
    this.last = this.words();
    const found = left(this.text).filter((copy) => !this.same(copy));
    if (found.length && this.form.dataset.kept === undefined) import(`./editor/restore.js${version}`).then(({ offer }) => offer(this, found));
    this.tabs = this.server ? new Tabs(this) : null;
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.touch());
    this.form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.keep();
    });
    addEventListener("online", () => this.dirty && this.save());
    addEventListener("focus", () => this.signedOut && this.save());
    addEventListener("pagehide", () => this.dirty && this.keep());
  }

  get text() {
    return this.form.dataset.copy;
  }

  get server() {
    return this.form.dataset.autosave;
  }

  /** What a copy says, the server has already; such a copy goes. */
  same(copy) {
    const equal = JSON.stringify(copy.fields) === this.words();
    if (equal) forget(this.text, copy.tab);
    return equal;
  }

  setField(name, value) {
    let field = this.form.elements[name];
    if (!field) {
      field = document.createElement("input");
      Object.assign(field, { type: "hidden", name });
      this.form.prepend(field);
    }
    field.value = value;
  }

  data() {
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return body;
  }

  fields() {
    return [...this.data()].filter(([name]) => !ASIDE.includes(name));
  }

  words() {
    return JSON.stringify(this.fields());
  }

  keep() {
    return keep(this.text, this.fields());
  }

  touch() {
    if (!this.dirty && !this.saving && this.last === this.words()) return; // left without a change
    this.dirty = true;
    if (this.tabs?.behind) return this.keep();
    if (this.server) this.say(word("saving"));
    this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  /** Keep what stands in the form now; resolves when the server has answered, or it is known that it does not. */
  async save(over = false) {
    if (this.saving) {
      await this.saving;
      if (!this.dirty) return;
    }
    this.saving = this.server ? this.toServer(over) : this.toBrowser();
    await this.saving;
    this.saving = null;
  }

  toBrowser() {
    this.dirty = false;
    const empty = !this.fields().some(([name, value]) => name !== "parent" && value.trim());
    if (empty) forget(this.text);
    const kept = empty || this.keep();
    this.say(empty ? "" : kept ? word("kept-here", { time: this.clock() }) : word("kept-nowhere"));
  }

  async toServer(over) {
    clearTimeout(this.timer);
    this.dirty = false;
    const kept = this.keep(), body = this.data(), words = this.words();
    if (over) body.set("over", "1");
    try {
      this.follow(await send(this.server, body));
      this.last = words;
      if (!this.dirty) forget(this.text);
    } catch (error) {
      this.dirty = true;
      this.failed(error, kept);
    }
  }

  follow(answer) {
    if (answer.url) {
      forget(this.text);
      this.form.dataset.copy = `practice-${/\d+/.exec(answer.url)[0]}`;
      history.replaceState(null, "", answer.url);
      // Not `form.action`: buttons of that name stand before the property.
      this.form.setAttribute("action", answer.url);
    }
    for (const name of ["autosave", "pictures"]) if (answer[name]) this.form.dataset[name] = answer[name];
    if (answer.version) this.setField("version", answer.version);
    if (answer.copy) this.setField("copy", answer.copy);
    if (this.dirty) this.keep();
    const told = this.failures ? announce : () => {};
    this.failures = 0;
    this.signedOut = false;
    this.tabs?.saved(this.text);
    const words = word("saved", { time: answer.saved_at });
    told(words);
    if (!this.dirty) this.say(words);
  }

  async failed(error, kept) {
    const { status } = error;
    if (status === 409) return this.tabs.stop(error.message);
    const lost = status === 400 || status === 401;
    if (lost && !this.failures && (await renewToken(this.form))) {
      this.failures = 1;
      return this.later(0);
    }
    this.signedOut = lost;
    const why = lost ? word("draft-signed-out") : status ? error.message || word("draft-failed") : word("draft-offline");
    const words = `${why} ${word(kept ? "draft-kept" : "kept-nowhere")}`;
    if (!this.failures) announce(words);
    this.say(words, true);
    // What is wrong with the text itself no repetition mends.
    if (!status || status >= 500 || status === 429) this.later(DELAYS[Math.min(this.failures, DELAYS.length - 1)]);
    this.failures++;
  }

  clock() {
    return new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  }

  say(text, bad = false) {
    this.state.textContent = text;
    this.state.classList.toggle("bad", bad);
  }

  /** What was typed has been taken: nothing is left to keep. */
  done() {
    clearTimeout(this.timer);
    this.dirty = false;
    forget(this.text);
    this.say("");
  }
});
