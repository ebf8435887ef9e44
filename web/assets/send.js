// Sending: one file with progress, one entry, and what a refusal says.
const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

// crypto.randomUUID is missing where a home reaches the service without TLS.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// `lost` is set when no answer came: the same request may be sent again with the same key.
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.title ?? "");
    this.status = status;
    this.problem = problem;
    this.lost = status === 0;
  }
}

const parsed = (text) => {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
};

export function sendFile(child, file, key, progress) {
  return new Promise((done, fail) => {
    const body = new FormData();
    body.append("file", file, file.name || "foto");
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/children/${encodeURIComponent(child)}/media`);
    request.setRequestHeader("X-CSRF-Token", csrf());
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.addEventListener("progress", (event) => progress(event.loaded, event.total));
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) done(answer.id);
      else fail(new Refusal(request.status, answer));
    });
    request.addEventListener("error", () => fail(new Refusal(0, {})));
    request.addEventListener("abort", () => fail(new Refusal(0, {})));
    request.send(body);
  });
}

export async function sendEntry(child, entry, key) {
  const answer = await fetch(`/api/v1/children/${encodeURIComponent(child)}/entries`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf(), "Idempotency-Key": key },
    body: JSON.stringify(entry),
  }).catch(() => {
    throw new Refusal(0, {});
  });
  const body = parsed(await answer.text().catch(() => ""));
  if (!answer.ok) throw new Refusal(answer.status, body);
  return body.id;
}
