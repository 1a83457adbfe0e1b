// Requests and near misses: what was asked, what left as the answer, who answered, and what it may have meant.

import { button, copy, h, replace, table } from "./dom.js";
import { answerRule, curl } from "./curl.js";
import { clockText } from "./scale.js";
import { FilterError, parseFilter } from "./filter.js";
import { List } from "./list.js";
import { yaml } from "./yaml.js";

export class RequestsPane {
  constructor({ store, api, texts, seek, say }) {
    Object.assign(this, { store, api, texts, seek, say });
    this.kind = "rest";
    this.recorded = [];
    this.list = new List({
      label: texts("requests"), row: (entry) => this.row(entry), pick: (entry) => this.pick(entry), identity: (entry) => entry.id,
      hover: (entry) => store.set({ hover: entry?.position ?? null }),
    });
    this.search = h("input", { type: "search", id: "filter", value: store.get("q"), placeholder: "status=500 path=*inquire* APBK", "aria-label": texts("filter"), oninput: () => store.set({ q: this.search.value }) });
    this.problem = h("span", { class: "bad-text", role: "status" });
    this.count = h("span", { class: "quiet", role: "status" });
    this.kinds = [["rest", "restOnly"], ["ws", "wsOnly"], ["unmatched", "unmatched"], ["all", "all"]].map(([kind, name]) => button(texts(name), () => this.choose(kind), { "data-kind": kind }));
    this.sources = ["live", "recorded"].map((source) => button(texts(source), () => store.set({ source }), { "data-source": source }));
    this.detail = h("div", { class: "detail", "aria-live": "polite" }, h("p", { class: "quiet" }, texts("chooseRequest")));
    this.element = h("section", { "aria-label": texts("requests") },
      h("div", { class: "tools" }, h("span", { role: "group", "aria-label": texts("source") }, this.sources), h("span", { role: "group", "aria-label": texts("kind") }, this.kinds), this.search, button(texts("follow"), () => this.list.toEnd()), button(texts("dropRules"), () => this.dropRules()), this.count, this.problem),
      h("div", { class: "split" }, this.list.element, this.detail));
    this.stops = [store.on(["entries", "q", "range"], () => this.later()), store.on(["hover"], ({ hover }) => this.list.near(hover))];
    this.stops.push(store.on(["source", "at"], () => this.sourceChanged()));
    this.choose("rest");
    this.sourceChanged();
  }

  sourceChanged() {
    const source = this.store.get("source");
    for (const button of this.sources) button.setAttribute("aria-pressed", String(button.dataset.source === source));
    for (const button of this.kinds) button.disabled = source === "recorded";
    if (source === "recorded") this.load();
    this.later();
  }

  /** What the recordings hold: in the range, or all that they have. */
  async load() {
    const [from] = this.store.get("range") ?? [0];
    try {
      const { events } = await this.api.get("/recording/events", { from_ns: Math.max(0, Math.floor(from)), kind: "requests", limit: 2000 });
      this.recorded = events.map(recordedEntry);
      this.later();
    } catch (error) { this.say(error.message); }
  }

  stop() { this.stops.forEach((stop) => stop()); }
  step(distance) { this.list.step(distance); }
  focusFilter() { this.search.focus(); }

  choose(kind) {
    this.kind = kind;
    for (const button of this.kinds) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    this.later();
  }

  later() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.show();
    });
  }

  wants(entry) {
    switch (this.kind) {
      case "rest": return entry.kind === "request";
      case "ws": return entry.kind !== "request";
      case "unmatched": return entry.matched === false;
      default: return true;
    }
  }

  show() {
    let filter;
    try {
      filter = parseFilter(this.store.get("q"));
      this.problem.textContent = "";
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      this.problem.textContent = error.message;
      return;
    }
    const isLive = this.store.get("source") === "live";
    const found = (isLive ? this.store.entries : this.recorded).filter((entry) => (!isLive || this.wants(entry)) && this.store.inRange(entry.position) && filter({
      text: JSON.stringify(entry),
      value: (name) => ({ tr: entry.tr_id, key: entry.tr_key ?? entry.parameters?.FID_INPUT_ISCD ?? entry.parameters?.PDNO, kind: entry.kind, status: entry.status && String(entry.status), path: entry.path, source: entry.source, method: entry.method, session: entry.session && String(entry.session) }[name] ?? entry.parameters?.[name]),
    }));
    this.list.show(found);
    const { lost } = this.store;
    this.count.textContent = `${found.length} ${this.texts("shown")}${lost ? `, ${lost} ${this.texts("lostEntries")}` : ""}`;
  }

  row(entry) {
    const time = entry.position === null ? "" : clockText(this.store.get("beginning") + entry.position, 3);
    const bad = entry.matched === false || entry.kind === "fault" || (entry.status ?? 200) >= 400;
    const what = entry.kind === "request" ? `${entry.path.split("/").slice(-2).join("/")}  ${entry.tr_id}` : entry.kind === "fault" ? `${entry.fault}: ${entry.detail}` : [entry.tr_id, entry.tr_key, entry.text ?? entry.reason ?? entry.path].filter(Boolean).join(" ");
    return { type: "request-row", bad, cells: [time, entry.method ?? entry.kind, what, entry.kind === "request" ? String(entry.status ?? "–") : String(entry.session ?? ""), entry.code ?? "", entry.source ?? (entry.matched === false ? "✕" : "")] };
  }

  pick(entry) {
    const { texts } = this, isRequest = entry.kind === "request";
    const pairs = (name, members) => (Object.keys(members ?? {}).length ? table(texts(name), [texts("name"), texts("value")], Object.entries(members)) : h("p", { class: "quiet" }, texts("none")));
    replace(this.detail,
      h("h2", {}, isRequest ? `${entry.method} ${entry.path}` : `${entry.kind} ${entry.tr_id ?? ""} ${entry.tr_key ?? ""}`),
      h("p", { class: "quiet" }, `#${entry.id} · ${entry.market_time ?? clockText(this.store.get("beginning") + (entry.position ?? 0), 6)}${entry.session ? ` · ${texts("session")} ${entry.session}` : ""}`),
      h("p", {}, entry.position !== null && button(texts("seekHere"), () => this.seek(entry.position)), " ",
        isRequest && button(texts("copyCurl"), () => copy(curl(entry, location.origin)).then(() => this.say(texts("copied")), (error) => this.say(error.message)))),
      isRequest && [
        h("h3", {}, texts("answer")),
        h("p", {}, `${entry.status ?? "–"} ${entry.code ?? ""} · ${texts("source")}: `, h("strong", {}, entry.source), entry.sent !== "whole" ? ` · ${entry.sent}` : ""),
        h("pre", {}, entry.body || "∅"), entry.body_cut && h("p", { class: "quiet" }, texts("cut")),
        h("h3", {}, texts("parameters")), pairs("parameters", entry.parameters),
        h("h3", {}, texts("headers")), pairs("headers", { tr_id: entry.tr_id, ...entry.headers }),
      ],
      !isRequest && [entry.text && h("pre", {}, entry.text), entry.reply && h("pre", {}, entry.reply), entry.detail && h("p", {}, entry.detail)],
      entry.near_misses?.length > 0 && [h("h3", {}, texts("nearest")), table(texts("nearest"), [texts("nearest"), texts("field"), texts("expected"), texts("found")], entry.near_misses.map((miss) => [miss.name, miss.field, miss.expected, miss.found ?? texts("missing")]))],
      isRequest && this.differently(entry));
    this.detail.shadow = null;
  }

  differently(entry) {
    const { texts } = this;
    const status = h("input", { type: "number", min: "100", max: "599", value: String(entry.status ?? 200) });
    const code = h("input", { value: "", placeholder: "EGW00201" });
    const body = h("textarea", { rows: "5", value: entry.body_cut ? "" : entry.body });
    const written = h("pre", { "data-rule": "", hidden: true });
    const write = async () => {
      const answer = { status: Number(status.value) };
      if (code.value) answer.code = code.value;
      else Object.assign(answer, jsonOf(body.value) ?? { body: body.value });
      const rule = answerRule(entry, answer);
      try {
        await this.api.post("/rules", { rule });
        written.hidden = false;
        written.textContent = `rules:\n  - ${yaml(rule, "    ").trimStart()}\n`;
        this.say(texts("ruleAdded"));
      } catch (error) { this.say(error.message); }
    };
    return h("details", {}, h("summary", {}, texts("answerDifferently")),
      h("div", { class: "form" }, h("label", {}, texts("status"), status), h("label", {}, texts("kisCode"), code), h("label", {}, texts("body"), body)),
      button(texts("writeRule"), write, { class: "main" }), h("h3", {}, texts("rule")), written);
  }

  async dropRules() {
    try {
      await this.api.call("DELETE", "/rules");
      this.say(this.texts("dropRules"));
    } catch (error) { this.say(error.message); }
  }
}

/** A line of a recording as the journal would have told it. */
function recordedEntry({ position_ns, line: { rest, conn } }, index) {
  const body = typeof rest.body === "string" ? rest.body : JSON.stringify(rest.body ?? "");
  return {
    id: index + 1, kind: "request", position: position_ns, session: conn, method: rest.method, path: rest.path, tr_id: rest.tr_id ?? "",
    parameters: rest.parameters ?? {}, headers: rest.request_headers ?? {}, status: rest.status, code: rest.body?.msg_cd ?? rest.body?.error_code ?? "",
    source: "recording", sent: "whole", body,
  };
}

/** A body that is a JSON object, as a rule has it; null for any other text. */
function jsonOf(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" ? { body: value } : null;
  } catch { return null; }
}
