/** The signed-in reader's token, printed by base.html. */
export const meta = () => document.querySelector("meta[name=csrf-token]");

export class Unsent extends Error {
  constructor(status, answer) {
    super(answer?.detail ?? answer?.message ?? "");
    this.status = status;
    this.answer = answer;
  }
}

/** Posts form data and returns the JSON answer; throws Unsent when there is none (no line, signed out, refused). */
export async function send(url, body, signal) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body,
      signal,
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": meta()?.content ?? "" },
    });
  } catch {
    throw new Unsent(0, null);
  }
  const json = (response.headers.get("content-type") ?? "").includes("json");
  const answer = json ? await response.json().catch(() => null) : null;
  if (!response.ok || !answer) throw new Unsent(response.status, answer);
  return answer;
}

/** The plain way: what would have happened without JavaScript. */
export function submitPlainly(form, button) {
  if (button?.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    form.append(field);
  }
  HTMLFormElement.prototype.submit.call(form);
}

/** After signing in again elsewhere: the token of the new session, where it is the same person's; false where nobody is signed in. */
export async function renewToken(form) {
  try {
    const response = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("meta[name=csrf-token]");
    if (!fresh || fresh.dataset.person !== meta()?.dataset.person || fresh.content === meta().content) return false;
    meta().content = fresh.content;
    for (const field of form.querySelectorAll("[name=csrf_token]")) field.value = fresh.content;
    return true;
  } catch {
    return false;
  }
}
