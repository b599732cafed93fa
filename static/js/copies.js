// What is typed and not yet kept by the server, in the browser's own store. A key is draft:<person>:<text>:<tab>, so that nobody is
// shown another's words on the same computer, and two tabs never write over each other.
import { meta } from "./send.js";

const MONTH = 30 * 24 * 3600 * 1000;

/** This tab, for as long as it shows this page. */
export const tab = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36).padStart(2, "0")).join("");

const prefix = (text) => `draft:${meta()?.dataset.person ?? ""}:${text}:`;

/** Keep the fields of a form; false where the browser keeps nothing. */
export function keep(text, fields) {
  try {
    localStorage.setItem(prefix(text) + tab, JSON.stringify({ at: Date.now(), fields }));
    return true;
  } catch {
    return false;
  }
}

export function forget(text, of = tab) {
  try {
    localStorage.removeItem(prefix(text) + of);
  } catch {
    // Nothing was kept either.
  }
}

/** The copies of a text that other tabs or earlier pages have left, the newest first: {tab, at, fields}. */
export function left(text) {
  const found = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix(text))) continue;
      const copy = JSON.parse(localStorage.getItem(key));
      if (Date.now() - copy.at > MONTH) localStorage.removeItem(key);
      else found.push({ ...copy, tab: key.slice(prefix(text).length) });
    }
  } catch {
    // A store that cannot be read has nothing to offer.
  }
  return found.filter((copy) => copy.tab !== tab).sort((one, other) => other.at - one.at);
}
