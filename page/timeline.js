// The time line: what the recordings hold and what happened, over market time and time since the start.

import { clockText, columns, gaps, Scale, SECOND, sinceText } from "./scale.js";
import { colour, context, h } from "./dom.js";
import { nameOf } from "./catalogue.js";

const LANES = 6, LANE = 16, TOP = 22, BOTTOM = 18;
const HUES = ["#3d7fb8", "#b8643d", "#3d9c6b", "#8a5fb0", "#a38a1c", "#3b98a1"];

export class Timeline {
  constructor({ store, api, texts, seek }) {
    Object.assign(this, { store, api, texts, seek });
    this.canvas = h("canvas", {
      tabindex: "0", role: "slider", "aria-label": texts("timeline"), "aria-describedby": "timeline-help",
      "aria-valuemin": "0", "aria-valuemax": "1", "aria-valuenow": "0",
    });
    this.element = h("section", { id: "timeline", "aria-label": texts("timeline") }, this.canvas,
      h("p", { id: "timeline-help", class: "visually-hidden" }, texts("timelineHelp")));
    this.dirty = true;
    this.stops = [store.on(["status", "entries", "frames", "hover", "range", "overview", "theme", "at", "window"], () => this.touch())];
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.canvas.addEventListener("dblclick", () => store.set({ range: null }));
    this.canvas.addEventListener("pointermove", (event) => {
      if (!event.buttons) store.set({ hover: this.scale().position(event.clientX - this.canvas.getBoundingClientRect().left) });
    });
    this.canvas.addEventListener("pointerleave", () => store.set({ hover: null }));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.observer = new ResizeObserver(() => this.touch());
    this.observer.observe(this.canvas);
  }

  stop() {
    this.stops.forEach((stop) => stop());
    this.observer.disconnect();
  }

  /** All that can be looked at. */
  bounds() {
    const { end } = this.store.state, now = this.store.now();
    if (end > 0) return [0, Math.max(end, now ?? 0) * 1.0001 + 1];
    const seen = this.store.entries.map((entry) => entry.position).filter((position) => position !== null);
    const last = now ?? 0;
    return [Math.min(last - 60 * SECOND, ...seen.slice(0, 1)), last + 60 * SECOND];
  }

  scale() {
    const [least, most] = this.bounds();
    const [from, to] = this.store.get("window") ?? [least, most];
    return new Scale(from, to, this.canvas.clientWidth || 1);
  }

  touch() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = null;
      this.draw();
    });
  }

  draw() {
    const { drawing, width, height } = context(this.canvas);
    const scale = this.scale();
    const { overview, range, hover, beginning, at } = this.store.state;
    const now = this.store.now();
    drawing.font = "11px system-ui, sans-serif";
    drawing.textBaseline = "middle";
    if (range) {
      drawing.fillStyle = colour("mark");
      drawing.fillRect(scale.x(range[0]), TOP, Math.max(1, scale.x(range[1]) - scale.x(range[0])), height - TOP - BOTTOM);
    }
    this.drawAxis(drawing, scale, beginning, width, height);
    if (overview) this.drawGaps(drawing, scale, overview, height);
    this.drawLanes(drawing, scale, overview, height);
    this.drawMarks(drawing, scale, overview, height);
    const line = (position, style, thickness = 1) => {
      if (position === null || position === undefined) return;
      drawing.fillStyle = style;
      drawing.fillRect(scale.x(position) - thickness / 2, 0, thickness, height);
    };
    line(hover, colour("quiet"));
    line(at, colour("focus"));
    line(now, colour("bad"), 2);
    this.tellReader(now, scale);
  }

  drawAxis(drawing, scale, beginning, width, height) {
    const { step, ticks } = scale.ticks(Math.max(3, Math.floor(width / 110)));
    const decimals = step < SECOND ? 3 : 0;
    drawing.fillStyle = colour("line");
    for (const tick of ticks) drawing.fillRect(scale.x(tick), TOP - 4, 1, height - TOP - BOTTOM + 8);
    drawing.fillStyle = colour("quiet");
    for (const tick of ticks) {
      drawing.fillText(clockText(beginning + tick, decimals), scale.x(tick) + 3, 9);
      drawing.fillText(sinceText(tick, decimals ? 2 : 0), scale.x(tick) + 3, height - 8);
    }
  }

  drawGaps(drawing, scale, overview, height) {
    drawing.fillStyle = colour("line");
    for (const [from, to] of gaps([...Object.values(overview.lanes), overview.rest], overview.bins, overview.from_ns, overview.to_ns)) {
      const start = scale.x(from), end = scale.x(to);
      for (let x = Math.max(0, start); x < Math.min(scale.width, end); x += 6) drawing.fillRect(x, height - BOTTOM - 3, 3, 2);
    }
  }

  drawLanes(drawing, scale, overview, height) {
    const totals = new Map();
    for (const [tr, counts] of Object.entries(overview?.lanes ?? {})) totals.set(tr, counts.reduce((sum, count) => sum + count, 0));
    for (const [tr, count] of this.store.liveTotals) totals.set(tr, (totals.get(tr) ?? 0) + count);
    const shown = [...totals].sort((left, right) => right[1] - left[1]).slice(0, LANES).map(([tr]) => tr).sort();
    this.shown = shown;
    shown.forEach((tr, lane) => this.drawLane(drawing, scale, overview, tr, TOP + lane * LANE, HUES[lane % HUES.length]));
  }

  drawLane(drawing, scale, overview, tr, top, hue) {
    const recorded = overview?.lanes[tr] ? columns(overview.lanes[tr], overview.from_ns, overview.to_ns, scale) : null;
    const most = Math.max(1, ...(recorded ?? []));
    drawing.fillStyle = hue;
    drawing.globalAlpha = 0.55;
    if (recorded) for (let x = 0; x < recorded.length; x++) {
      if (!recorded[x]) continue;
      const size = 2 + (LANE - 5) * Math.log1p(recorded[x]) / Math.log1p(most);
      drawing.fillRect(x, top + LANE - 2 - size, 1, size);
    }
    drawing.globalAlpha = 1;
    // What really left is drawn full.
    for (const [second, count] of this.store.live.get(tr) ?? []) {
      const x = scale.x(second * SECOND), size = Math.min(LANE - 3, 3 + Math.log1p(count) * 2);
      if (x < -2 || x > scale.width) continue;
      drawing.fillRect(x, top + LANE - 2 - size, Math.max(1.5, scale.x((second + 1) * SECOND) - x - 0.5), size);
    }
    const label = `${tr} ${nameOf(tr)}`, width = drawing.measureText(label).width;
    drawing.fillStyle = colour("ground");
    drawing.globalAlpha = 0.8;
    drawing.fillRect(2, top + 1, width + 6, LANE - 3);
    drawing.globalAlpha = 1;
    drawing.fillStyle = colour("text");
    drawing.fillText(label, 5, top + LANE / 2);
  }

  drawMarks(drawing, scale, overview, height) {
    const base = height - BOTTOM - 12;
    if (overview) {
      const rest = columns(overview.rest, overview.from_ns, overview.to_ns, scale);
      drawing.fillStyle = colour("quiet");
      for (let x = 0; x < rest.length; x++) if (rest[x]) drawing.fillRect(x, base - 2, 1, 5);
      for (const mark of overview.marks) this.drawMark(drawing, scale.x(mark.position_ns), base, mark.kind === "marker" ? "accent" : "quiet", mark.kind === "marker" ? "◆" : mark.kind === "open" ? "▸" : "◂");
    }
    const drawn = new Set();
    for (const entry of this.store.entries) {
      if (entry.position === null) continue;
      const x = scale.x(entry.position);
      if (x < -4 || x > scale.width + 4) continue;
      const [tone, sign] = signOf(entry);
      const place = `${Math.round(x)}${sign}`;
      // One sign a place: ten thousand entries cost no more than there are pixels.
      if (drawn.has(place)) continue;
      drawn.add(place);
      this.drawMark(drawing, x, base, tone, sign);
    }
  }

  drawMark(drawing, x, y, tone, sign) {
    drawing.fillStyle = colour(tone);
    drawing.fillText(sign, x - 4, y);
  }

  tellReader(now, scale) {
    const { beginning } = this.store.state, [least, most] = this.bounds();
    this.canvas.setAttribute("aria-valuemin", Math.round(least / SECOND));
    this.canvas.setAttribute("aria-valuemax", Math.max(Math.round(most / SECOND), Math.round((now ?? 0) / SECOND)));
    this.canvas.setAttribute("aria-valuenow", Math.max(Math.round((now ?? 0) / SECOND), Math.round(least / SECOND)));
    this.canvas.setAttribute("aria-valuetext", now === null ? "" : `${clockText(beginning + now)}, ${sinceText(now, 0)}`);
    this.canvas.dataset.from = Math.round(scale.from);
    this.canvas.dataset.to = Math.round(scale.to);
  }

  press(event) {
    this.canvas.setPointerCapture(event.pointerId);
    const bounds = this.canvas.getBoundingClientRect();
    const position = (event) => this.scale().position(event.clientX - bounds.left);
    const start = position(event);
    // A range with shift, or along the axis; anywhere else the playhead is dragged.
    const selects = event.shiftKey || event.clientY - bounds.top < TOP;
    const move = (event) => {
      const here = position(event);
      if (selects) this.store.set({ range: here === start ? null : [Math.min(start, here), Math.max(start, here)] });
      else this.seek(Math.max(0, here));
    };
    if (!selects) move(event);
    const end = () => {
      this.canvas.removeEventListener("pointermove", move);
      this.canvas.removeEventListener("pointerup", end);
      this.canvas.removeEventListener("pointercancel", end);
    };
    this.canvas.addEventListener("pointermove", move);
    this.canvas.addEventListener("pointerup", end);
    this.canvas.addEventListener("pointercancel", end);
  }

  wheel(event) {
    event.preventDefault();
    const [least, most] = this.bounds();
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    const scale = this.scale();
    const next = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      ? scale.moved(((event.deltaX || event.deltaY) / scale.width) * scale.span, least, most)
      : scale.zoomed(Math.exp(event.deltaY / 400), x, least, most);
    this.look(next, least, most);
  }

  look(scale, least, most) {
    this.store.set({ window: scale.span >= (most - least) * 0.999 ? null : [scale.from, scale.to] });
    clearTimeout(this.fetching);
    this.fetching = setTimeout(() => this.load(), 150);
  }

  /** Fetches the density of what is looked at, as fine as there are pixels. */
  async load() {
    const window = this.store.get("window");
    const query = { bins: Math.min(4000, Math.max(200, this.canvas.clientWidth || 600)) };
    if (window) Object.assign(query, { from_ns: Math.max(0, Math.floor(window[0])), to_ns: Math.ceil(window[1]) });
    if (window && window[1] <= 0) return;
    const overview = await this.api.get("/timeline", query);
    if (window === this.store.get("window")) this.store.set({ overview });
  }

  key(event) {
    const now = this.store.now() ?? 0, [least, most] = this.bounds();
    const jump = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (jump) this.seek(Math.max(0, now + jump * (event.shiftKey ? 10 : 1) * SECOND));
    else if (event.key === "Home") this.seek(Math.max(0, least));
    else if (event.key === "End") this.seek(most);
    else if (event.key === "+" || event.key === "-") {
      const scale = this.scale();
      this.look(scale.zoomed(event.key === "+" ? 0.5 : 2, scale.x(now), least, most), least, most);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** How an entry of the journal is drawn. */
function signOf(entry) {
  switch (entry.kind) {
    case "request": return [entry.matched === false ? "bad" : /order/.test(entry.path) ? "up" : "accent", /order/.test(entry.path) ? "▲" : "•"];
    case "fault": return ["bad", "✕"];
    case "connect": return ["quiet", "▸"];
    case "disconnect": return ["quiet", "◂"];
    default: return ["quiet", "·"];
  }
}
