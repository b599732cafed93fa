import { send } from "./send.js";

const bar = document.querySelector("form.tray");
const chosen = () => document.cookie.match(/(?:^|; )compare=([\d.]+)/)?.[1].split(".") ?? [];

/** Shows how many practices are in the tray, and which of those on the page. */
function draw() {
  const numbers = chosen();
  bar.hidden = numbers.length === 0;
  bar.querySelector("[role=status]").textContent = numbers.length;
  document.documentElement.classList.toggle("has-tray", !bar.hidden);
  for (const form of document.querySelectorAll(".to-compare")) {
    const inside = numbers.includes(form.elements.practice.value);
    const button = form.querySelector("button");
    button.setAttribute("aria-pressed", String(inside));
    button.querySelector("span").textContent = inside ? bar.dataset.on : bar.dataset.off;
  }
}

/** Puts the practice of a form into the tray, or takes it out; what is refused is said on the page of the comparison. */
export async function change(form) {
  const body = new FormData(form);
  if (chosen().includes(body.get("practice"))) body.set("value", "0");
  try {
    await send(form.action, body);
    draw();
  } catch {
    form.submit();
  }
}

if (bar) {
  bar.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData();
    body.set("clear", "1");
    await send(bar.action, body).catch(() => location.assign("/compare"));
    draw();
  });
  draw();
  // Back from another page, which may have changed the tray.
  addEventListener("pageshow", draw);
  document.addEventListener("content-added", draw);
}
