// What the page knows and shows: one value, told to whoever listens when it changes. What belongs into a link is in the
// address, so that a copied address shows the same.

import { parseTime, SECOND } from "./scale.js";

const LINKED = ["sandbox", "pane", "at", "from", "to", "q", "source"];
const MOST_ENTRIES = 10_000;
const MOST_FRAMES = 20_000;
const MOST_ORDERS = 5_000;
const MOST_MOMENTS = 20_000;
// A playhead whose next status is late does not run away.
const LONGEST_GUESS = 1500;

export class Store {
  constructor() {
    this.listeners = new Map();
    this.state = {
      language: localStorage.getItem("kis-mock-language") ?? (navigator.language.startsWith("ko") ? "ko" : "en"),
      theme: localStorage.getItem("kis-mock-theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"),
      sandbox: "default", pane: "frames", at: null, range: null, q: "", source: "live",
      status: null, connected: false, hover: null, beginning: 0, end: 0, overview: null, window: null,
    };
    this.entries = [];
    this.orders = [];
    this.frames = [];
    // Which moment of the sandbox's clock was which position: what is saved of a range is found by it.
    this.moments = [];
    this.scrub = null;
    this.framesSeen = 0;
    this.dropped = 0;
    this.lost = 0;
    this.live = new Map();
    this.liveTotals = new Map();
    this.totals = null;
    this.readAddress();
  }

  get(name) { return this.state[name]; }

  set(patch) {
    const changed = Object.keys(patch).filter((name) => this.state[name] !== patch[name]);
    if (!changed.length) return;
    Object.assign(this.state, patch);
    if (changed.some((name) => LINKED.includes(name) || name === "range")) this.writeAddress();
    for (const name of changed) this.tell(name);
  }

  on(names, listener) {
    for (const name of names) (this.listeners.get(name) ?? this.listeners.set(name, new Set()).get(name)).add(listener);
    return () => names.forEach((name) => this.listeners.get(name).delete(listener));
  }

  tell(name) { for (const listener of [...(this.listeners.get(name) ?? [])]) listener(this.state); }

  readAddress() {
    const link = new URLSearchParams(location.hash.slice(1));
    const number = (name) => (link.has(name) && Number.isFinite(Number(link.get(name))) ? Number(link.get(name)) : null);
    const [from, to] = [number("from"), number("to")];
    this.state.at = number("at");
    this.state.range = from !== null && to !== null && from < to ? [from, to] : null;
    for (const name of ["sandbox", "pane", "q", "source"]) if (link.has(name)) this.state[name] = link.get(name);
  }

  writeAddress() { history.replaceState(null, "", this.address()); }

  /** The address of what is shown, at a moment. */
  address(at = this.state.at) {
    const link = new URLSearchParams();
    const { sandbox, pane, range, q, source } = this.state;
    const values = { sandbox, pane, at: at === null ? "" : Math.round(at), from: range ? Math.round(range[0]) : "", to: range ? Math.round(range[1]) : "", q, source };
    for (const name of LINKED) if (values[name] !== "" && values[name] !== null) link.set(name, values[name]);
    return `${location.pathname}#${link}`;
  }

  /** The position of a time of day on the time line. */
  position(marketTime) {
    const time = parseTime(marketTime);
    return Number.isNaN(time) ? null : time - this.state.beginning;
  }

  /** Where the market is now: where the playhead is dragged to, or where it must have come since the last status. */
  now() {
    const { status } = this.state;
    if (!status) return null;
    if (this.scrub !== null) return this.scrub;
    const guess = Math.min(performance.now() - this.statusTime, LONGEST_GUESS) * 1e6;
    return this.position(status.market_time) + guess * pace(status);
  }

  /** What a command to the replay answered holds until the next status. */
  adopt(replay) {
    const { status } = this.state;
    if (!status) return;
    this.statusTime = performance.now();
    this.set({ status: { ...status, replay, market_time: replay.time_of_day } });
  }

  /** From when to when, on the sandbox's clock, the market was in a range; null when nobody saw it there. */
  clockSpan([from, to]) {
    const known = [...this.entries, ...this.moments].filter(({ position }) => position !== null).sort((left, right) => left.t - right.t);
    let span = null;
    for (let index = 0; index < known.length; index++) {
      const here = known[index], next = known[index + 1] ?? here;
      const way = next.position - here.position, time = next.t - here.t;
      // The playhead jumped: nothing passed between.
      if (way < 0 || way > Math.max(3 * SECOND, 3 * time * Math.max(1, this.fastest ?? 1))) continue;
      if (next.position < from || here.position >= to) continue;
      const at = (position) => here.t + (way > 0 ? Math.min(Math.max((position - here.position) / way, 0), 1) * time : 0);
      const part = [at(from), way > 0 ? at(to) : next.t];
      span = span ? [Math.min(span[0], part[0]), Math.max(span[1], part[1])] : part;
    }
    return span && [Math.floor(span[0]), Math.ceil(span[1])];
  }

  inRange(position) {
    const { range } = this.state;
    return !range || (position !== null && position >= range[0] && position < range[1]);
  }

  forget() {
    this.entries = [];
    this.orders = [];
    this.frames = [];
    this.moments = [];
    this.dropped = this.lost = 0;
    this.live = new Map();
    this.liveTotals = new Map();
    this.totals = null;
    this.set({ status: null, overview: null, window: null });
    this.tell("entries");
    this.tell("orders");
    this.tell("frames");
  }

  take(name, data) {
    switch (name) {
      case "entry":
        this.entries.push({ ...data, position: this.position(data.market_time) });
        if (this.entries.length > MOST_ENTRIES) this.entries.splice(0, 1000);
        return this.tell("entries");
      case "frames": return this.takeFrames(data);
      case "order":
        this.orders.push({ ...data, position: this.position(data.market_time) });
        if (this.orders.length > MOST_ORDERS) this.orders.splice(0, MOST_ORDERS / 10);
        return this.tell("orders");
      case "lost":
        this.lost += data.entries + data.orders;
        return this.tell("entries");
      case "reset":
        this.entries = [];
        this.orders = [];
        this.tell("orders");
        return this.tell("entries");
      case "status": return this.takeStatus(data);
    }
  }

  takeFrames({ frames, lost }) {
    const { status } = this.state;
    const base = status ? this.position(status.market_time) : 0, rate = status ? pace(status) / (status.clock.rate ?? 1) : 0;
    for (const frame of frames) {
      const behind = status ? (frame.t - status.clock.now_ns) * rate : 0;
      this.frames.push(Object.assign(frame, { number: this.framesSeen++, position: base + behind, tr: frame.text.split("|", 2)[1] ?? "" }));
    }
    if (lost) this.dropped += lost;
    if (this.frames.length > MOST_FRAMES) this.frames.splice(0, MOST_FRAMES / 10);
    this.tell("frames");
  }

  takeStatus(status) {
    const position = this.position(status.market_time);
    // How many frames of each TR left since the last status, in seconds of the market.
    let isMore = false;
    if (this.totals) {
      const second = Math.floor(position / SECOND);
      for (const [tr, total] of Object.entries(status.frames)) {
        const more = total - (this.totals[tr] ?? 0);
        if (more <= 0) continue;
        isMore = true;
        const counts = this.live.get(tr) ?? this.live.set(tr, new Map()).get(tr);
        counts.set(second, (counts.get(second) ?? 0) + more);
        this.liveTotals.set(tr, (this.liveTotals.get(tr) ?? 0) + more);
        if (counts.size > 30_000) counts.delete(counts.keys().next().value);
      }
    }
    this.totals = status.frames;
    this.statusTime = performance.now();
    this.moments.push({ t: status.clock.now_ns, position });
    if (this.moments.length > MOST_MOMENTS) this.moments.splice(0, MOST_MOMENTS / 10);
    this.fastest = Math.max(this.fastest ?? 1, pace(status));
    this.set({ status });
    if (isMore) this.tell("live");
  }
}

/** How many seconds of the market pass in one of the host. */
export function pace(status) {
  if (status.clock.frozen) return 0;
  if (!status.replay) return status.clock.rate ?? 0;
  return status.replay.state === "playing" && typeof status.replay.speed === "number" ? status.replay.speed : 0;
}
