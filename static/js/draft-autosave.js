import { meta, send } from "./send.js";

const PAUSE = 1500;
const WEEK = 7 * 24 * 3600 * 1000;

// Inside or around a form with data-autosave. The server's answer: {"saved_at": ISO time or "14:32"}, and where they change
// "autosave" (the next address to post to), "url" (the draft's own address) and "version".
customElements.define("draft-autosave", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form") ?? this.querySelector("form");
    this.key = `draft:${meta()?.dataset.person ?? ""}:${location.pathname}`;
    this.state = this.form.querySelector(".save-state") ?? this.appendChild(document.createElement("p"));
    this.state.className = "save-state";
    this.state.setAttribute("role", "status");
    this.offer();
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.touch());
    this.form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.keep();
    });
    addEventListener("online", () => this.dirty && this.save());
    addEventListener("pagehide", () => this.dirty && this.keep());
  }

  data() {
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return body;
  }

  touch() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    if (this.saving) return this.touch();
    this.saving = true;
    this.dirty = false;
    this.keep();
    try {
      const answer = await send(this.form.dataset.autosave ?? this.dataset.autosave, this.data());
      this.follow(answer);
      this.say(`${this.dataset.saved} ${this.clock(answer.saved_at)}`);
      if (!this.dirty) localStorage.removeItem(this.key);
    } catch (error) {
      this.dirty = true;
      this.say(error.message || this.dataset.failed, true);
    }
    this.saving = false;
  }

  follow(answer) {
    if (!answer.saved_at) throw new Error(answer.message ?? "");
    if (answer.autosave) this.form.dataset.autosave = answer.autosave;
    if (answer.version && this.form.elements.version) this.form.elements.version.value = answer.version;
    if (!answer.url) return;
    history.replaceState(null, "", answer.url);
    // Not `form.action`: buttons of that name stand before the property.
    this.form.setAttribute("action", answer.url);
  }

  clock(moment) {
    const time = new Date(moment);
    return isNaN(time) ? moment : time.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  }

  say(text, bad = false) {
    this.state.textContent = text;
    this.state.classList.toggle("bad", bad);
  }

  fields() {
    return [...this.data()].filter(([name]) => !["csrf_token", "version", "once"].includes(name));
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), fields: this.fields() }));
    } catch {
      // A full or forbidden store costs only the second copy.
    }
  }

  /** A copy the server never confirmed is offered back, never put in by itself. */
  offer() {
    // What was sent has been kept by the server, and put together with what somebody else saved.
    if (this.form.dataset.kept !== undefined) return localStorage.removeItem(this.key);
    const copy = JSON.parse(localStorage.getItem(this.key) ?? "null");
    if (!copy) return;
    if (Date.now() - copy.at > WEEK || JSON.stringify(copy.fields) === JSON.stringify(this.fields())) {
      return localStorage.removeItem(this.key);
    }
    this.say(`${this.dataset.found} `);
    for (const [text, act] of [[this.dataset.restore, () => this.restore(copy.fields)], [this.dataset.discard, () => this.say("")]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "link", textContent: text });
      button.addEventListener("click", () => {
        localStorage.removeItem(this.key);
        act();
      });
      this.state.append(button, " ");
    }
  }

  restore(fields) {
    const rows = fields.map(([name]) => /^([a-z_]+)-\d+-/.exec(name)?.[0]).filter(Boolean);
    for (const prefix of new Set(rows)) this.growRow(prefix);
    for (const field of this.form.elements) if (field.type === "checkbox") field.checked = false;
    for (const [name, value] of fields) {
      const found = this.form.elements[name];
      const boxes = found instanceof RadioNodeList ? [...found] : [found];
      const box = boxes.find((one) => one?.type === "checkbox" && one.value === value);
      if (box) box.checked = true;
      else if (found) found.value = value;
    }
    this.say("");
    this.touch();
  }

  growRow(prefix) {
    const group = prefix.split("-")[0];
    const add = this.form.querySelector(`form-rows [name=add_row][value="${CSS.escape(group)}"]`);
    for (let i = 0; add && i < 50 && !this.form.querySelector(`[name^="${CSS.escape(prefix)}"]`); i++) add.click();
  }
});
