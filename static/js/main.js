// Everything works without this file. Each module enhances one element and is fetched only where the page has it.
const elements = ["vote-box", "bookmark-toggle", "follow-toggle", "comment-form", "markdown-field", "form-rows", "draft-autosave", "confirm-button", "char-count", "search-box", "near-duplicates", "held-claim", "reason-templates", "practice-readiness", "failed-part", "notice-list", "display-panel", "print-button"];
const version = new URL(import.meta.url).search;

function enhance() {
  for (const name of elements) {
    if (!customElements.get(name) && document.querySelector(name)) import(`./${name}.js${version}`);
  }
}
enhance();
document.addEventListener("content-added", enhance);

// The tray of what is to be compared shows once something is in it, or is put there.
const tray = () => import(`./compare-tray.js${version}`);
if (/(?:^|; )compare=\d/.test(document.cookie)) tray();
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".to-compare")) return;
  event.preventDefault();
  tray().then((module) => module.change(event.target), () => event.target.submit());
});

const openMenus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

// Pages of members are nobody's to keep: only guests' next pages are fetched ahead, once a guest moves about.
if (!document.querySelector("meta[name=csrf-token]")) {
  const once = new AbortController();
  const load = () => { once.abort(); import(`./prefetch.js${version}`); };
  for (const type of ["mouseover", "focusin", "touchstart"]) document.addEventListener(type, load, { passive: true, signal: once.signal });
}

// Browsers without ::details-content cannot open the filters by CSS alone.
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches) {
  for (const filters of document.querySelectorAll("details.filters")) filters.open = true;
}

// What a tab had kept of a text, until the server took it.
for (const tab of document.querySelector("meta[data-taken]")?.dataset.taken.split(" ") ?? []) {
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:") && key.endsWith(`:${tab}`)) localStorage.removeItem(key);
}

// The next person at a shared computer must not find copies of drafts, nor what was asked.
document.addEventListener("submit", (event) => {
  if (!event.target.getAttribute("action")?.endsWith("/logout")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:") || key === "asked") localStorage.removeItem(key);
});
