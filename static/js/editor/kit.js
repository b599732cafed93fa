// What the editor says and draws, as the server printed it once a page: templates/components/editor.html.
const kit = document.getElementById("editor-kit");
const words = {};
for (const one of kit?.content.querySelectorAll("data") ?? []) words[one.value] = one.textContent;

/** The words of that name; {things} in them are replaced by `values`. */
export const word = (name, values = {}) => (words[name] ?? "").replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);

/** A fresh copy of a part of the kit, or null on a page without one. */
export const piece = (selector) => kit?.content.querySelector(selector)?.cloneNode(true) ?? null;

/** A button that sends nothing. */
export function plainButton(text, className, act) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className, textContent: text });
  button.addEventListener("click", act);
  return button;
}

/** Said once to screen readers, without moving anybody. */
export function announce(text) {
  let region = document.getElementById("editor-said");
  if (!region) {
    region = document.createElement("p");
    Object.assign(region, { id: "editor-said", className: "sr" });
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
}
