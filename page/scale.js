// The time line's arithmetic. Positions are nanoseconds since the beginning of the recordings; nothing here draws.

export const SECOND = 1e9;

/** A window on the time line. */
export class Scale {
  constructor(from, to, width = 1) {
    this.from = from;
    this.to = Math.max(to, from + 1);
    this.width = width;
  }

  get span() { return this.to - this.from; }
  x(position) { return ((position - this.from) / this.span) * this.width; }
  position(x) { return this.from + (x / this.width) * this.span; }

  /** Nearer (factor below 1) or further away, so that the position under `x` stays there. */
  zoomed(factor, x, least = 0, most = Infinity) {
    const middle = this.position(x);
    const span = Math.min(Math.max(this.span * factor, 1e6), most - least);
    const share = x / this.width;
    return new Scale(middle - share * span, middle + (1 - share) * span, this.width).within(least, most);
  }

  moved(distance, least = -Infinity, most = Infinity) {
    return new Scale(this.from + distance, this.to + distance, this.width).within(least, most);
  }

  /** The same span inside bounds. */
  within(least, most) {
    const span = Math.min(this.span, most - least);
    const from = Math.min(Math.max(this.from, least), most - span);
    return new Scale(from, from + span, this.width);
  }

  /** Round moments, about so many: of the time that is `beginning` at position 0. */
  ticks(count = 8, beginning = 0) {
    const steps = [0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200].map((step) => step * SECOND);
    const step = steps.find((step) => this.span / step <= count) ?? 4 * 3600 * SECOND;
    const ticks = [];
    for (let at = Math.ceil((this.from + beginning) / step) * step - beginning; at <= this.to && ticks.length < 200; at += step) ticks.push(at);
    return { step, ticks };
  }
}

/** `09:30:00.125` in nanoseconds; NaN for anything else. */
export function parseTime(text) {
  const match = /^(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?$/.exec(text ?? "");
  if (!match) return NaN;
  return ((Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3] ?? 0) + Number(match[4] ?? 0)) * SECOND;
}

/** Nanoseconds since midnight as `09:30:00`, with so many decimals. */
export function clockText(nanoseconds, decimals = 0) {
  const unit = 10 ** decimals;
  const total = Math.floor(nanoseconds / SECOND * unit + 1e-6);
  const seconds = Math.floor(total / unit);
  const two = (number) => String(number).padStart(2, "0");
  const whole = `${two(((Math.floor(seconds / 3600) % 24) + 24) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return decimals ? `${whole}.${String(total % unit).padStart(decimals, "0")}` : whole;
}

/** A length of time since the start: `+1:02:03.5`. */
export function sinceText(nanoseconds, decimals = 1) {
  const seconds = Math.abs(nanoseconds) / SECOND;
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
  const rest = (seconds % 60).toFixed(decimals).padStart(decimals ? 3 + decimals : 2, "0");
  return `${nanoseconds < 0 ? "-" : "+"}${hours ? `${hours}:${String(minutes).padStart(2, "0")}` : minutes}:${rest}`;
}

/** Counts of `bins` equal stretches brought to as many columns as there are pixels. */
export function columns(counts, from, to, scale, width = Math.ceil(scale.width)) {
  const found = new Float32Array(width);
  const span = (to - from) / counts.length;
  for (let index = 0; index < counts.length; index++) {
    if (!counts[index]) continue;
    const first = Math.floor(scale.x(from + index * span)), last = Math.ceil(scale.x(from + (index + 1) * span)) - 1;
    for (let x = Math.max(0, first); x <= Math.min(width - 1, Math.max(first, last)); x++) found[x] = Math.max(found[x], counts[index]);
  }
  return found;
}

/** Stretches without any event, longer than so many bins and much longer than silences usually are here: `[from, to]`
 *  pairs. */
export function gaps(lanes, bins, from, to, least = 8) {
  const span = (to - from) / bins, silences = [];
  let begun = -1, seen = false;
  for (let bin = 0; bin <= bins; bin++) {
    const empty = bin < bins && lanes.every((counts) => !counts[bin]);
    if (empty && begun < 0) begun = bin;
    if (!empty && begun >= 0) {
      // What lies before the first event, or behind the last one, is no gap.
      if (seen && bin < bins) silences.push([begun, bin]);
      begun = -1;
    }
    if (!empty) seen = true;
  }
  const lengths = silences.map(([first, end]) => end - first).sort((left, right) => left - right);
  const usual = lengths.length > 2 ? lengths[lengths.length >> 1] : 0;
  return silences.filter(([first, end]) => end - first >= Math.max(least, 4 * usual)).map(([first, end]) => [from + first * span, from + end * span]);
}
