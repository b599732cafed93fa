// One draft in two tabs: each learns of the other at once by a channel of the browser, and the server refuses to write over what a tab has not seen.
import { tab } from "../copies.js";
import { meta } from "../send.js";
import { announce, plainButton, word } from "./kit.js";

export class Tabs {
  constructor(autosave) {
    this.autosave = autosave;
    this.behind = false;
    this.open(autosave.text);
  }

  /** A text that exists only in this tab so far has no other: «new» is each time another. */
  open(text) {
    this.name = text;
    this.channel?.close();
    this.channel = text === "new" ? null : new BroadcastChannel(`draft:${meta()?.dataset.person ?? ""}:${text}`);
    this.channel?.addEventListener("message", ({ data }) => this.hear(data));
    this.tell("opened");
  }

  tell(what) {
    this.channel?.postMessage({ what, tab });
  }

  hear({ what }) {
    if (what === "opened") this.tell("here");
    if (what === "saved") this.stop(word("other-tab-newer"));
    else if (!this.behind) this.show(word("other-tab-open"));
  }

  saved(text) {
    this.behind = false;
    this.box?.remove();
    this.box = null;
    if (text !== this.name) this.open(text);
    this.tell("saved");
  }

  /** From here on nothing is saved by itself: the writer decides which text stays. */
  stop(words) {
    if (this.behind) return;
    this.behind = true;
    clearTimeout(this.autosave.timer);
    this.autosave.say(word("not-saving"), true);
    this.show(
      words,
      plainButton(word("show-other"), "button small", () => location.reload()),
      plainButton(word("keep-mine"), "link", () => {
        this.behind = false;
        this.autosave.save(true);
      }),
    );
  }

  show(words, ...buttons) {
    this.box ??= document.createElement("div");
    this.box.className = "notice warn tabs-told";
    const inner = document.createElement("div"), line = document.createElement("p"), row = document.createElement("div");
    line.textContent = words;
    row.className = "row";
    row.append(...buttons);
    inner.append(line, ...(buttons.length ? [row] : []));
    this.box.replaceChildren(inner);
    this.autosave.form.before(this.box);
    announce(words);
  }
}
