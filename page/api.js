// The admin API: calls, and events that are read as they come.

const ROOT = "/__admin";

/** Why a call was refused, in the mock's own words. */
export class Refusal extends Error {
  constructor(status, error) {
    super([error?.message ?? `HTTP ${status}`, error?.nearest?.[0] ? `→ ${error.nearest[0]}?` : error?.hint].filter(Boolean).join(" — "));
    this.status = status;
  }
}

export class Api {
  constructor() {
    this.sandbox = "default";
    // Where a mock listens beyond this machine, its admin API wants the token of the ready line.
    this.token = sessionStorage.getItem("kis-mock-token") ?? "";
  }

  keep(token) {
    this.token = token;
    sessionStorage.setItem("kis-mock-token", token);
  }

  headers(others = {}) {
    return { ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}), ...others };
  }

  url(path, query = {}) {
    const url = new URL(ROOT + path, location.origin);
    if (this.sandbox !== "default") url.searchParams.set("sandbox", this.sandbox);
    for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") url.searchParams.set(name, value);
    return url;
  }

  async call(method, path, { query, body } = {}) {
    const response = await fetch(this.url(path, query), {
      method, headers: this.headers(body ? { "Content-Type": "application/json" } : {}), body: body && JSON.stringify(body), cache: "no-store",
    });
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refusal(response.status, answer.error);
    return answer;
  }

  get(path, query) { return this.call("GET", path, { query }); }
  post(path, body, query) { return this.call("POST", path, { body, query }); }

  /** What KIS's REST API answers, for nobody. */
  async ask(method, path, tr, parameters) {
    const reply = await this.post("/ask", { method, path, tr_id: tr, parameters });
    return reply.body;
  }

  /** A recording as a file, and how many lines it has. */
  async bytes(path, query) {
    const response = await fetch(this.url(path, query), { headers: this.headers() });
    if (!response.ok) throw new Refusal(response.status, (await response.json().catch(() => ({}))).error);
    const blob = await response.blob();
    const lines = (await blob.text()).split("\n").filter(Boolean).length;
    return { blob, lines, isComplete: response.headers.get("Kis-Mock-Complete") !== "false" };
  }

  /** Reads events until it is told to stop; goes on from the last one when the connection breaks.
   *  @param last the id of the last event that was told before, if any
   *  @returns what stops it */
  events(query, last, tell, state = () => {}) {
    const stopping = new AbortController();
    const read = async () => {
      while (!stopping.signal.aborted) {
        try {
          const response = await fetch(this.url("/events", query), {
            headers: this.headers(last ? { "Last-Event-ID": last } : {}), signal: stopping.signal, cache: "no-store",
          });
          if (!response.ok) throw new Refusal(response.status, (await response.json().catch(() => ({}))).error);
          state(true);
          await parseEvents(response.body, (event) => {
            if (event.id) last = event.id;
            tell(event.name, event.data, event.id);
          });
        } catch (error) {
          if (stopping.signal.aborted) return;
          state(false, error);
        }
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    };
    read();
    return () => stopping.abort();
  }
}

/** Server-sent events from a stream of bytes. */
export async function parseEvents(body, tell) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    waiting += value;
    let end;
    while ((end = waiting.indexOf("\n\n")) >= 0) {
      const event = { name: "message", data: "" };
      for (const line of waiting.slice(0, end).split("\n")) {
        const colon = line.indexOf(":");
        const name = line.slice(0, colon), text = line.slice(colon + 1).replace(/^ /, "");
        if (name === "event") event.name = text;
        if (name === "data") event.data += text;
        if (name === "id") event.id = text;
      }
      waiting = waiting.slice(end + 2);
      if (event.data) tell({ ...event, data: JSON.parse(event.data) });
    }
  }
}
