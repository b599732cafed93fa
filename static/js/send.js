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
export async function send(url, body) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      body,
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
