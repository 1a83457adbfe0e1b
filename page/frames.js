// Frames: what left, live, or what the recordings hold around the playhead.

import { button, copy, h, replace, table } from "./dom.js";
import { decode, rows, summary, valueOf } from "./frame.js";
import { FilterError, parseFilter, wantedFrames } from "./filter.js";
import { layoutOf, nameOf } from "./catalogue.js";
import { clockText } from "./scale.js";
import { List } from "./list.js";

// Between two looks at the list, in milliseconds.
const PAUSE = 250;

export class FramesPane {
  constructor(page) {
    const { store, api, texts, seek, say } = page;
    Object.assign(this, { page, store, api, texts, seek, say });
    this.recorded = [];
    this.found = [];
    this.seen = 0;
    this.list = new List({
      label: texts("frames"), row: (frame) => this.row(frame), pick: (frame) => this.pick(frame),
      hover: (frame) => store.set({ hover: frame?.position ?? null }),
    });
    this.search = h("input", { type: "search", id: "filter", value: store.get("q"), placeholder: texts("filterHint"), "aria-label": texts("filter"), oninput: () => store.set({ q: this.search.value }) });
    this.problem = h("span", { class: "bad-text", role: "status" });
    this.count = h("span", { class: "quiet", role: "status" });
    this.followButton = button(texts("follow"), () => this.list.toEnd(), { "aria-pressed": "true" });
    this.list.element.addEventListener("follow", (event) => this.followButton.setAttribute("aria-pressed", String(event.detail)));
    this.sources = ["live", "recorded"].map((source) => button(texts(source), () => store.set({ source }), { "data-source": source }));
    this.detail = h("div", { class: "detail", "aria-live": "polite" });
    this.element = h("section", { "aria-label": texts("frames") },
      h("div", { class: "tools" }, h("span", { role: "group", "aria-label": texts("source") }, this.sources), this.search, this.followButton, button(texts("clear"), () => this.clear()), this.count, this.problem),
      h("div", { class: "split" }, this.list.element, this.detail));
    this.stops = [
      store.on(["frames"], () => this.later()), store.on(["range", "beginning"], () => this.again()), store.on(["q"], () => this.filterChanged()),
      store.on(["source", "at"], () => this.sourceChanged()),
    ];
    this.stops.push(store.on(["hover"], ({ hover }) => this.list.near(hover)));
    this.filterChanged();
    this.sourceChanged();
  }

  stop() {
    this.stops.forEach((stop) => stop());
    clearTimeout(this.asking);
    this.page.watchFrames(false);
  }

  step(distance) { this.list.step(distance); }
  focusFilter() { this.search.focus(); }

  clear() {
    this.store.frames = [];
    this.store.dropped = 0;
    this.watch();
    this.again();
  }

  filterChanged() {
    this.problem.textContent = "";
    try {
      this.filter = parseFilter(this.store.get("q"));
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      this.problem.textContent = error.message;
      return;
    }
    if (this.search.value !== this.store.get("q")) this.search.value = this.store.get("q");
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.watch(), 300);
    this.again();
  }

  /** Asks for all frames. Where there are more than are told, for those that the filter names: a rare one would be missed. */
  watch() {
    this.page.watchFrames(this.store.get("source") === "live", this.store.dropped ? wantedFrames(this.store.get("q")) : {});
  }

  sourceChanged() {
    const source = this.store.get("source");
    for (const button of this.sources) button.setAttribute("aria-pressed", String(button.dataset.source === source));
    this.watch();
    if (source !== "live") this.load();
    this.again();
  }

  /** The recording from the chosen moment on, or from a little before the playhead. */
  async load() {
    const { at, range } = this.store.state;
    const from = at ?? range?.[0] ?? Math.max(0, (this.store.now() ?? 0) - 5e9);
    try {
      const { events } = await this.api.get("/recording/events", { from_ns: Math.max(0, Math.floor(from)), limit: 1000 });
      this.recorded = events.map(({ position_ns, recording, line }) => {
        const text = line.ws ?? (line.rest ? `${line.rest.method} ${line.rest.path} → ${line.rest.status}` : JSON.stringify(line));
        return { position: position_ns, session: line.conn ?? recording, text, tr: line.rest ? "REST" : text.split("|", 2)[1] ?? "", from: line.from ?? "server", recordedLine: line };
      });
      this.list.setFollows(false);
      this.list.element.scrollTop = 0;
      this.again();
    } catch (error) { this.say(error.message); }
  }

  /** Nobody reads faster than this, and what a list is laid out with is garbage. */
  later() {
    this.waiting ??= setTimeout(() => {
      this.waiting = null;
      this.shownAt = performance.now();
      this.show();
    }, Math.max(0, PAUSE - (performance.now() - (this.shownAt ?? 0))));
  }

  /** Everything is looked at anew, not only what has come since. */
  again() {
    this.isStale = true;
    this.later();
  }

  /** Names have come: what is shown is shown with them. */
  named() {
    this.again();
    if (this.list.chosen) this.pick(this.list.chosen);
  }

  wants(frame) { return this.store.inRange(frame.position) && this.filter(this.asRow(frame)); }

  show() {
    const isLive = this.store.get("source") === "live", { frames, framesSeen, dropped } = this.store;
    if (!isLive || this.isStale) {
      this.found = (isLive ? frames : this.recorded).filter((frame) => this.wants(frame));
    } else {
      const gone = this.found.findIndex((frame) => frame.number >= (frames[0]?.number ?? framesSeen));
      if (gone !== 0) this.found = gone < 0 ? [] : this.found.slice(gone);
      for (const frame of frames.slice(frames.length - Math.min(frames.length, framesSeen - this.seen))) if (this.wants(frame)) this.found.push(frame);
    }
    this.isStale = false;
    this.seen = framesSeen;
    if (isLive && dropped && !this.isNarrow) this.watch();
    this.isNarrow = dropped > 0;
    this.list.show(this.found);
    if (this.list.chosen === null) replace(this.detail, h("p", { class: "quiet" }, this.texts(this.found.length ? "chooseFrame" : isLive && !frames.length ? "noFrames" : "noneHere")));
    this.count.textContent = `${this.found.length} ${this.texts("shown")}${isLive && dropped ? `, ${dropped} ${this.texts("lostFrames")}` : ""}`;
  }

  decoded(frame) {
    // A request, or a connection that opens, is no message that could be broken.
    if (frame.recordedLine && frame.recordedLine.ws === undefined) return (frame.decoded ??= { text: frame.text, flag: "", key: "", records: [], broken: null });
    const layout = layoutOf(this.api, frame.tr, () => this.named());
    if (!frame.decoded || frame.layout !== layout) {
      frame.layout = layout;
      frame.decoded = decode(frame.plain ?? frame.text, layout);
    }
    return frame.decoded;
  }

  /** What a filter sees. Only a frame that is looked at keeps what it was decoded to: twenty thousand would fill the tab. */
  asRow(frame) {
    let { decoded } = frame;
    const layout = layoutOf(this.api, frame.tr, () => this.named());
    return {
      text: frame.plain ?? frame.text,
      value: (name) => {
        if (name === "tr") return frame.tr;
        if (name === "session") return String(frame.session);
        decoded ??= decode(frame.plain ?? frame.text, layout);
        return { key: decoded.key, flag: decoded.flag }[name] ?? valueOf(decoded, name, layout);
      },
    };
  }

  row(frame) {
    const decoded = this.decoded(frame);
    return {
      type: "frame-row", bad: Boolean(decoded.broken || frame.defect),
      cells: [clockText(this.store.get("beginning") + (frame.position ?? 0), 3), frame.from === "client" ? "→" : String(frame.session ?? ""), `${frame.tr} ${nameOf(frame.tr)}`, `${decoded.flag === "1" ? `${this.texts("encrypted")} ` : ""}${decoded.key}`, frame.defect ?? summary(decoded, frame.layout)],
    };
  }

  /** The frame of the same registration before this one. */
  before(frame) {
    const all = this.store.get("source") === "live" ? this.store.frames : this.recorded;
    for (let index = all.indexOf(frame) - 1; index >= 0; index--) {
      if (all[index].tr === frame.tr && this.decoded(all[index]).key === frame.decoded.key && all[index].session === frame.session) return this.decoded(all[index]);
    }
    return undefined;
  }

  pick(frame) {
    const { texts } = this, decoded = this.decoded(frame);
    const records = rows(decoded, frame.layout, this.before(frame));
    replace(this.detail,
      h("h2", {}, `${frame.tr} ${nameOf(frame.tr)}`),
      h("p", { class: "quiet" }, `${clockText(this.store.get("beginning") + frame.position, 6)} · ${texts("session")} ${frame.session ?? ""}`),
      h("p", {}, button(texts("seekHere"), () => this.seek(frame.position)), " ", button(texts("copyText"), () => copy(frame.text).then(() => this.say(texts("copied")), (error) => this.say(error.message))), " ",
        button(texts("sendAgain"), () => this.api.post("/channels/send", { text: frame.plain ?? frame.text }).catch((error) => this.say(error.message)))),
      frame.defect && h("p", { class: "bad-text" }, frame.defect),
      decoded.broken && h("p", { class: "bad-text" }, `${texts("broken")}: ${decoded.broken.why}`),
      frame.plain && [h("h3", {}, texts("cipher")), h("pre", {}, frame.text), h("h3", {}, texts("plain"))],
      h("pre", { "data-raw": "", tabindex: "0", "aria-label": texts("rawText") }, decoded.broken ? [decoded.text.slice(0, decoded.broken.at), h("span", { class: "broken" }, decoded.text.slice(decoded.broken.at) || "∅")] : decoded.text),
      records.map((fields, number) => [
        records.length > 1 && h("h3", {}, `${texts("record")} ${number + 1}`),
        table(texts("frames"), [texts("name"), texts("raw"), texts("value"), texts("before")], fields.map((field) => [
          field.korean, field.name, field.value === undefined ? h("span", { class: "broken" }, texts("missing")) : field.changed ? h("mark", { title: texts("changed") }, field.value) : field.value, field.changed ? field.before ?? "" : "",
        ])),
      ]),
      frame.recordedLine?.rest && h("pre", {}, JSON.stringify(frame.recordedLine.rest, null, 1)));
  }
}
