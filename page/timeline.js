// The time line: what the recordings hold and what happened, over market time and time since the start.
//
// What was counted is drawn on a ground that is made anew only when it changes; a picture of a moving playhead is a copy
// of the ground and a few lines, however many events there are.

import { clockText, columns, gaps, Scale, SECOND, sinceText } from "./scale.js";
import { context, h, palette } from "./dom.js";
import { nameOf } from "./catalogue.js";

const LANES = 6, LANE = 16, ROW = 14, TOP = 22, BOTTOM = 18;
const ROWS = ["requests", "orders", "faults"];
const FIRST_ROW = TOP + LANES * LANE;

export class Timeline {
  constructor({ store, api, texts, seek }) {
    Object.assign(this, { store, api, texts, seek });
    this.canvas = h("canvas", {
      tabindex: "0", role: "slider", "aria-label": texts("timeline"), "aria-describedby": "timeline-help",
      "aria-valuemin": "0", "aria-valuemax": "1", "aria-valuenow": "0",
    });
    this.ground = document.createElement("canvas");
    this.legend = h("div", { class: "legend" });
    this.element = h("section", { id: "timeline", "aria-label": texts("timeline") }, this.legend, this.canvas,
      h("p", { id: "timeline-help", class: "visually-hidden" }, texts("timelineHelp")));
    this.pictures = 0;
    this.stops = [
      store.on(["live", "entries", "orders", "range", "overview", "theme", "window", "names"], () => this.touch(true)),
      store.on(["hover", "at", "status"], () => this.touch()),
      store.on(["now"], () => this.moved()),
    ];
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.canvas.addEventListener("dblclick", () => store.set({ range: null }));
    this.canvas.addEventListener("pointermove", (event) => {
      if (!event.buttons) store.set({ hover: this.scale().position(event.clientX - this.canvas.getBoundingClientRect().left) });
    });
    this.canvas.addEventListener("pointerleave", () => store.set({ hover: null }));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.observer = new ResizeObserver(() => this.touch(true));
    this.observer.observe(this.canvas);
    this.touch(true);
  }

  stop() {
    this.stops.forEach((stop) => stop());
    this.observer.disconnect();
  }

  /** All that can be looked at. */
  bounds() {
    const { end } = this.store.state, now = this.store.now() ?? 0;
    if (end > 0) return [0, Math.max(end, Math.ceil(now / SECOND) * SECOND) * 1.0001 + 1];
    // Without a recording the line grows in steps, so that it does not creep.
    const first = this.store.entries.find((entry) => entry.position !== null)?.position ?? now;
    const step = 30 * SECOND;
    return [Math.floor(Math.min(now - step, first) / step) * step, Math.ceil((now + step) / step) * step];
  }

  scale() {
    const [least, most] = this.bounds();
    const [from, to] = this.store.get("window") ?? [least, most];
    return new Scale(from, to, this.canvas.clientWidth || 1);
  }

  /** What is looked at goes with a playhead that leaves it by itself. */
  moved() {
    const { window } = this.store.state, now = this.store.now();
    if (window && this.store.scrub === null && this.last >= window[0] && this.last <= window[1] && now > window[1]) {
      const [least, most] = this.bounds(), scale = this.scale();
      this.look(scale.moved(scale.span * 0.8, least, most), least, most);
    }
    this.last = now;
    // A playhead that stays on its pixel needs no other picture.
    if (Math.abs(this.scale().x(now ?? 0) - (this.drawnAt ?? -1)) >= 0.5) this.touch();
  }

  /** Nearer or further away around the playhead, or everything. */
  zoom(factor) {
    const [least, most] = this.bounds(), scale = this.scale(), now = this.store.now() ?? least;
    this.look(factor === Infinity ? new Scale(least, most, scale.width) : scale.zoomed(factor, Math.min(Math.max(scale.x(now), 0), scale.width), least, most), least, most);
  }

  /** @param isStale whether the ground has changed too */
  touch(isStale = false) {
    this.isStale ||= isStale;
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.draw();
    });
  }

  draw() {
    const { drawing, width, height } = context(this.canvas);
    if (!width) return;
    const scale = this.scale(), colours = palette();
    const { hover, at, beginning } = this.store.state;
    const now = this.store.now();
    const shape = `${scale.from} ${scale.to} ${this.canvas.width} ${this.canvas.height}`;
    if (this.isStale || this.shape !== shape) {
      this.drawGround(scale, colours, width, height);
      this.isStale = false;
      this.shape = shape;
    }
    drawing.drawImage(this.ground, 0, 0, width, height);
    const line = (position, colour, thickness = 1) => {
      if (position === null || position === undefined) return;
      drawing.fillStyle = colour;
      drawing.fillRect(scale.x(position) - thickness / 2, 0, thickness, height);
    };
    line(at, colours.focus);
    line(now, colours.bad, 2);
    this.drawnAt = scale.x(now ?? 0);
    if (now !== null) this.drawHandle(drawing, scale.x(now), colours.bad);
    line(hover, colours.quiet);
    if (hover !== null) {
      this.drawLabel(drawing, scale, scale.x(hover), 9, clockText(beginning + hover, scale.span < 600 * SECOND ? 1 : 0), colours);
      const told = this.marksNear(scale.x(hover)).map(({ text }) => text).join("   ");
      if (told) this.drawLabel(drawing, scale, scale.x(hover), height - 9, told, colours);
    }
    this.tellReader(now, scale);
    this.pictures += 1;
  }

  drawHandle(drawing, x, colour) {
    drawing.fillStyle = colour;
    drawing.beginPath();
    drawing.moveTo(x - 5, 0);
    drawing.lineTo(x + 5, 0);
    drawing.lineTo(x, 7);
    drawing.fill();
  }

  drawLabel(drawing, scale, x, y, text, colours) {
    drawing.font = "11px system-ui, sans-serif";
    drawing.textBaseline = "middle";
    const width = drawing.measureText(text).width + 8;
    const left = Math.max(0, Math.min(x + 4, scale.width - width));
    drawing.fillStyle = colours.text;
    drawing.fillRect(left, y - 8, width, 16);
    drawing.fillStyle = colours.ground;
    drawing.fillText(text, left + 4, y);
  }

  drawGround(scale, colours, width, height) {
    if (this.ground.width !== this.canvas.width || this.ground.height !== this.canvas.height) {
      this.ground.width = this.canvas.width;
      this.ground.height = this.canvas.height;
    }
    const drawing = this.ground.getContext("2d"), ratio = this.canvas.width / width;
    drawing.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawing.clearRect(0, 0, width, height);
    drawing.font = "11px system-ui, sans-serif";
    drawing.textBaseline = "middle";
    const { overview, range, beginning } = this.store.state;
    if (overview) this.drawGaps(drawing, scale, overview, colours);
    if (range) {
      drawing.fillStyle = colours.mark;
      drawing.fillRect(scale.x(range[0]), TOP, Math.max(1, scale.x(range[1]) - scale.x(range[0])), height - TOP - BOTTOM);
    }
    this.drawAxes(drawing, scale, beginning, colours, width, height);
    this.drawLanes(drawing, scale, overview, colours);
    this.drawRows(drawing, scale, overview, colours);
  }

  /** Market time above, time since the start below, each with its own round moments. */
  drawAxes(drawing, scale, beginning, colours, width, height) {
    const most = Math.max(2, Math.floor(width / 110));
    const market = scale.ticks(most, beginning), since = scale.ticks(most);
    drawing.fillStyle = colours.line;
    for (const tick of market.ticks) drawing.fillRect(scale.x(tick), TOP - 4, 1, height - TOP - BOTTOM + 4);
    for (const tick of since.ticks) drawing.fillRect(scale.x(tick), height - BOTTOM, 1, 4);
    for (let row = 0; row <= ROWS.length; row++) drawing.fillRect(0, FIRST_ROW + row * ROW, width, 1);
    drawing.fillStyle = colours.quiet;
    const centred = (text, tick, y) => {
      const half = drawing.measureText(text).width / 2, x = scale.x(tick);
      if (x >= half && x <= width - half) drawing.fillText(text, x - half, y);
    };
    for (const tick of market.ticks) centred(clockText(beginning + tick, market.step < SECOND ? 3 : 0), tick, 10);
    for (const tick of since.ticks) centred(sinceText(tick, since.step < SECOND ? 2 : 0), tick, height - 7);
  }

  /** Where nothing was recorded for long, the lanes are hatched. */
  drawGaps(drawing, scale, overview, colours) {
    drawing.strokeStyle = colours.line;
    for (const [from, to] of gaps([...Object.values(overview.lanes), overview.rest], overview.bins, overview.from_ns, overview.to_ns)) {
      const start = Math.max(0, scale.x(from)), end = Math.min(scale.width, scale.x(to));
      if (end <= start) continue;
      drawing.save();
      drawing.beginPath();
      drawing.rect(start, TOP, end - start, LANES * LANE);
      drawing.clip();
      drawing.beginPath();
      for (let x = start - LANES * LANE; x < end; x += 8) {
        drawing.moveTo(x, TOP + LANES * LANE);
        drawing.lineTo(x + LANES * LANE, TOP);
      }
      drawing.stroke();
      drawing.restore();
    }
  }

  drawLanes(drawing, scale, overview, colours) {
    const totals = new Map();
    for (const [tr, counts] of Object.entries(overview?.lanes ?? {})) totals.set(tr, counts.reduce((sum, count) => sum + count, 0));
    for (const [tr, count] of this.store.liveTotals) totals.set(tr, (totals.get(tr) ?? 0) + count);
    const shown = [...totals].sort((left, right) => right[1] - left[1]).slice(0, LANES).map(([tr]) => tr).sort();
    shown.forEach((tr, lane) => this.drawLane(drawing, scale, overview, tr, TOP + lane * LANE, colours[`lane${lane}`]));
    this.showLegend(shown, totals.size - shown.length);
  }

  drawLane(drawing, scale, overview, tr, top, hue) {
    const recorded = overview?.lanes[tr] ? columns(overview.lanes[tr], overview.from_ns, overview.to_ns, scale) : null;
    const most = recorded ? recorded.reduce((most, count) => Math.max(most, count), 1) : 1;
    const base = top + LANE - 2;
    drawing.fillStyle = hue;
    drawing.globalAlpha = 0.45;
    if (recorded) for (let x = 0; x < recorded.length; x++) {
      if (!recorded[x]) continue;
      const size = 2 + (LANE - 5) * Math.log1p(recorded[x]) / Math.log1p(most);
      drawing.fillRect(x, base - size, 1, size);
    }
    drawing.globalAlpha = 1;
    // What really left is drawn full.
    for (const [second, count] of this.store.live.get(tr) ?? []) {
      const x = scale.x(second * SECOND);
      if (x < -2 || x > scale.width) continue;
      const size = Math.min(LANE - 3, 3 + Math.log1p(count) * 2);
      drawing.fillRect(x, base - size, Math.max(1.5, scale.x((second + 1) * SECOND) - x - 0.5), size);
    }
  }

  /** The lanes' names beside them; a press shows such frames alone. */
  showLegend(shown, others) {
    const { texts, store } = this, told = [...shown, others, nameOf(shown[0])].join(" ");
    if (this.legendTold === told) return;
    this.legendTold = told;
    const axis = (name) => h("div", { class: "axis" }, texts(name));
    this.legend.replaceChildren(
      axis("marketTime"),
      ...Array.from({ length: LANES }, (_, lane) => (shown[lane]
        ? h("button", { type: "button", class: `lane lane-${lane}`, "data-tr": shown[lane], title: `${shown[lane]} ${nameOf(shown[lane])}` }, h("b", {}, shown[lane]), ` ${nameOf(shown[lane])}`)
        : h("div", { class: "lane" }, lane === shown.length && others > 0 ? `+ ${others}` : ""))),
      ...ROWS.map((name) => h("div", { class: "lane-row" }, texts(`row-${name}`))),
      axis("since"));
    this.legend.onclick = (event) => {
      const tr = event.target.closest("[data-tr]")?.dataset.tr;
      if (tr) store.set({ pane: "frames", q: store.get("q") === `tr=${tr}` ? "" : `tr=${tr}` });
    };
  }

  /** Requests, orders and fills, faults and connections: a row each, and one sign a place. */
  drawRows(drawing, scale, overview, colours) {
    this.marks = [];
    const middle = (row) => FIRST_ROW + ROWS.indexOf(row) * ROW + ROW / 2 + 1;
    const drawn = new Set();
    const mark = (row, position, sign, colour, text) => {
      if (position === null || position === undefined) return;
      const x = scale.x(position);
      if (x < -4 || x > scale.width + 4) return;
      const place = `${row} ${Math.round(x)} ${sign}`;
      // Ten thousand entries cost no more than there are pixels.
      if (drawn.has(place)) return;
      drawn.add(place);
      this.marks.push({ x, text });
      drawing.fillStyle = colour;
      drawing.fillText(sign, x - drawing.measureText(sign).width / 2, middle(row));
    };
    if (overview) {
      const density = (row, counts, colour, size) => {
        drawing.fillStyle = colour;
        columns(counts, overview.from_ns, overview.to_ns, scale).forEach((count, x) => { if (count) drawing.fillRect(x, middle(row) - size / 2, 1, size); });
      };
      density("requests", overview.rest, colours.quiet, 5);
      density("orders", overview.orders, colours.quiet, 5);
      density("orders", overview.fills, colours.good, 9);
      for (const { kind, name, position_ns } of overview.marks) {
        const sign = { marker: "◆", open: "▸", close: "◂" }[kind] ?? "◃";
        mark("faults", position_ns, sign, kind === "marker" ? colours.accent : colours.quiet, `${this.texts("recorded")}: ${kind} ${name}`);
      }
    }
    for (const entry of this.store.entries) {
      switch (entry.kind) {
        case "request":
          mark("requests", entry.position, "•", entry.matched === false || (entry.status ?? 500) >= 400 ? colours.bad : colours.accent, `${entry.method} ${entry.path.split("/").at(-1)} ${entry.status ?? ""} ${entry.code}`);
          break;
        case "fault": mark("faults", entry.position, "✕", colours.bad, `${entry.fault}: ${entry.detail}`); break;
        case "connect": mark("faults", entry.position, "▸", colours.quiet, `${this.texts("session")} ${entry.session} ▸`); break;
        case "disconnect": mark("faults", entry.position, "◂", colours.quiet, `${this.texts("session")} ${entry.session} ◂ ${entry.reason}`); break;
      }
    }
    for (const order of this.store.orders) {
      const told = `${this.texts(`order-${order.kind}`)} ${order.order} ${order.code} ${this.texts(order.side)} ${order.quantity.toLocaleString("en")}${order.price ? ` @ ${order.price.toLocaleString("en")}` : ""}`;
      const sign = { accepted: order.side === "buy" ? "△" : "▽", filled: order.side === "buy" ? "▲" : "▼", refused: "✕" }[order.kind] ?? "○";
      mark("orders", order.position, sign, order.kind === "refused" ? colours.bad : order.side === "buy" ? colours.up : colours.down, told);
    }
  }

  /** What stands under the pointer or close by, the latest three. */
  marksNear(x) { return (this.marks ?? []).filter((mark) => Math.abs(mark.x - x) < 5).slice(-3); }

  tellReader(now, scale) {
    const { beginning } = this.store.state, [least, most] = this.bounds();
    const seconds = (position) => Math.round(position / SECOND);
    const told = `${seconds(least)} ${seconds(most)} ${seconds(now ?? 0)} ${scale.from} ${scale.to}`;
    if (this.told === told) return;
    this.told = told;
    this.canvas.setAttribute("aria-valuemin", seconds(least));
    this.canvas.setAttribute("aria-valuemax", Math.max(seconds(most), seconds(now ?? 0)));
    this.canvas.setAttribute("aria-valuenow", Math.max(seconds(now ?? 0), seconds(least)));
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
    else if (event.key === "+" || event.key === "-") this.zoom(event.key === "+" ? 0.5 : 2);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
