// Faults and clock: what can be broken and what is, what time it is, and where the scenario stands.

import { button, h, replace, svg, table } from "./dom.js";
import { Happenings } from "./happenings.js";

const CONDITIONS = [["times", "number"], ["chance", "decimal"], ["skip", "number"], ["for", "text"], ["tr_id", "text"], ["tr_key", "text"], ["path", "text"]];

export class FaultsPane {
  constructor(page) {
    const { store, api, texts, say } = page;
    Object.assign(this, { store, api, texts, say });
    this.happenings = new Happenings(page, "faultHistory", ["fault"]);
    this.choice = h("select", { "aria-label": texts("fault"), onchange: () => this.showForm() });
    this.form = h("div", { class: "form" });
    this.armed = h("div", {});
    this.clock = h("p", { class: "time" });
    this.by = h("input", { value: "1m", size: "6", "aria-label": texts("advance") });
    this.story = h("div", {});
    this.element = h("section", { "aria-label": texts("faults") }, h("div", { class: "scroll" }, h("div", { class: "columns faults" },
      h("div", { class: "card form-card" }, h("h2", {}, texts("fault")), this.choice, this.form, h("p", {}, button(texts("arm"), () => this.arm(), { class: "main" }))),
      h("div", { class: "card wide" }, h("h2", {}, texts("armed")), this.armed, h("p", {}, button(texts("disarmAll"), () => this.disarm()))),
      h("div", { class: "card" }, h("h2", {}, texts("clock")), this.clock,
        h("p", {}, button(texts("freeze"), () => this.act("/clock/freeze")), " ", button(texts("unfreeze"), () => this.act("/clock/reset")), " ", this.by, " ", button(texts("advance"), () => this.act("/clock/advance", { by: this.by.value })))),
      h("div", { class: "card" }, h("h2", {}, texts("scenario")), this.story),
      h("div", { class: "card wide" }, this.happenings.element))));
    this.stops = [this.happenings.stop, store.on(["status"], () => this.show())];
    this.load();
    this.show();
  }

  stop() { this.stops.forEach((stop) => stop()); }
  step() {}

  async load() {
    try {
      this.known = (await this.api.get("/faults/known")).faults;
      const levels = [...new Set(this.known.map(({ level }) => level))];
      replace(this.choice, levels.map((level) => h("optgroup", { label: level }, this.known.filter((fault) => fault.level === level).map(({ name }) => h("option", { value: name }, name)))));
      this.showForm();
      this.scenario = (await this.api.get("/scenarios")).scenarios[0];
      this.show();
    } catch (error) { this.say(error.message); }
  }

  /** A form of what the fault's description says can be set. */
  showForm() {
    const fault = this.known.find(({ name }) => name === this.choice.value);
    this.inputs = new Map();
    const input = (name, kind, placeholder, note) => {
      const element = h("input", { type: kind === "number" || kind === "decimal" ? "number" : "text", step: kind === "decimal" ? "0.05" : undefined, min: kind === "number" || kind === "decimal" ? "0" : undefined, placeholder: String(placeholder ?? ""), "data-setting": name, title: note });
      this.inputs.set(name, { element, kind });
      return h("label", {}, h("span", { title: note }, name), element);
    };
    replace(this.form, h("p", {}, fault.summary),
      fault.settings.map(({ name, kind, default: standard, summary }) => input(name, kind, standard, summary)),
      h("h3", {}, this.texts("conditions")), CONDITIONS.map(([name, kind]) => input(name, kind, "", this.texts(name === "for" ? "lasts" : name))));
    // `replace` keeps what is alike: the inputs that are there are the ones to read.
    this.form.querySelectorAll("[data-setting]").forEach((element) => { this.inputs.get(element.dataset.setting).element = element; });
  }

  async arm() {
    const fault = { name: this.choice.value };
    for (const [name, { element, kind }] of this.inputs) {
      if (element.value === "") continue;
      fault[name] = kind === "number" || kind === "decimal" ? Number(element.value) : element.value;
    }
    await this.act("/faults", { fault });
  }

  async disarm(name) {
    try { await this.api.call("DELETE", "/faults", { query: { name } }); } catch (error) { this.say(error.message); }
  }

  async act(path, body) {
    try { await this.api.post(path, body); } catch (error) { this.say(error.message); }
  }

  show() {
    const { texts } = this, { status } = this.store.state;
    if (!status) return;
    this.clock.textContent = `${status.clock.time.replace("T", " ").replace("+09:00", "")} · ${status.clock.kind}${status.clock.frozen ? ` · ${texts("frozen")}` : ""}`;
    const shape = JSON.stringify(status.faults);
    if (this.drawn !== shape) {
      this.drawn = shape;
      this.armed.replaceChildren(status.faults.length ? table(texts("armed"), [texts("fault"), texts("conditions"), texts("happened"), texts("remaining"), texts("acts")], status.faults.map((fault) => [
        fault.name, [fault.session && `${texts("session")} ${fault.session}`, ...Object.entries(fault.conditions).map(([name, text]) => `${name} ${text}`), fault.left].filter(Boolean).join(", "), String(fault.happened), fault.remaining === null ? texts("endless") : String(fault.remaining), button(texts("disarm"), () => this.disarm(fault.name)),
      ]), [2, 3]) : h("p", { class: "quiet" }, texts("none")));
    }
    replace(this.story, this.scenario ? [h("p", {}, this.scenario.title || this.scenario.file), this.scenario.states.length ? this.picture(status.state) : h("p", { class: "quiet" }, texts("none"))] : h("p", { class: "quiet" }, texts("noScenario")));
  }

  /** The states on a line, the ways between them as arcs. */
  picture(now) {
    const { states, transitions } = this.scenario, wide = 130, height = 60 + 26 * Math.min(6, transitions.length);
    const x = (state) => 10 + states.indexOf(state) * wide;
    const ways = transitions.flatMap(({ rule, from, to }) => (from.length ? from : states.filter((state) => state !== to)).map((source) => ({ rule, source, to })));
    const told = ways.map(({ rule, source, to }) => `${source} → ${to} (${rule})`).join("; ");
    return svg("svg", { class: "states", viewBox: `0 0 ${20 + states.length * wide} ${height}`, role: "img", "aria-label": `${this.texts("now")}: ${now}. ${told}` },
      ways.map(({ rule, source, to }, index) => {
        const start = x(source) + 50, end = x(to) + 50, low = 40 + 24 * ((index % 6) + 1);
        return [svg("path", { d: `M ${start} 36 Q ${(start + end) / 2} ${low + 12} ${end} 40 m -4 4 l 4 -4 l 4 4` }), svg("text", { class: "way", x: (start + end) / 2 - 30, y: low }, rule)];
      }),
      states.map((state) => svg("g", { class: state === now ? "now" : "" }, svg("rect", { x: x(state), y: 8, width: 100, height: 28, rx: 6 }), svg("text", { x: x(state) + 8, y: 26 }, state))));
  }
}
