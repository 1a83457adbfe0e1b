// The page: its head, the time line, and one pane at a time.

import { Api } from "./api.js";
import { button, copy, h, replace } from "./dom.js";
import { clockText, sinceText, parseTime } from "./scale.js";
import { loadNames } from "./catalogue.js";
import { Store } from "./store.js";
import { textsOf } from "./texts.js";
import { Timeline } from "./timeline.js";
import { FramesPane } from "./frames.js";
import { RequestsPane } from "./requests.js";
import { SessionsPane } from "./sessions.js";
import { MarketPane } from "./market.js";
import { FaultsPane } from "./faults.js";

const PANES = { frames: FramesPane, requests: RequestsPane, sessions: SessionsPane, market: MarketPane, faults: FaultsPane };
// How often the playhead is drawn while the market moves, in milliseconds.
const TICK = 100;
// Between two seeks of a playhead that is dragged, in milliseconds.
const SEEK_PAUSE = 60;
const RATES = ["0.1", "0.5", "1", "2", "10", "60", "600"];

class Page {
  constructor() {
    this.store = new Store();
    this.api = new Api();
    this.api.sandbox = this.store.get("sandbox");
    this.root = document.getElementById("page");
    this.store.on(["language"], () => this.build());
    this.store.on(["theme"], ({ theme }) => this.applyTheme(theme));
    this.store.on(["pane"], () => this.openPane());
    this.store.on(["sandbox"], () => this.changeSandbox());
    this.store.on(["status"], () => this.showStatus());
    this.store.on(["range"], () => this.showRange());
    this.store.on(["now"], () => this.showTime());
    this.store.on(["connected"], () => this.showStatus());
    document.addEventListener("keydown", (event) => this.key(event));
    this.applyTheme(this.store.get("theme"));
    this.seek = this.seek.bind(this);
    this.say = this.say.bind(this);
    this.build();
    this.start();
  }

  async start() {
    try {
      await this.readLine();
      this.watch();
      await Promise.all([this.listSandboxes(), this.line.load(), loadNames(this.api)]);
      this.store.tell("names");
      this.open.named?.();
      this.ticking ??= setInterval(() => { if (!document.hidden) this.store.tell("now"); }, TICK);
    } catch (error) {
      this.stopWatching?.();
      if (error.status === 403 && !this.api.token) return this.askForToken();
      this.say(error.message);
      setTimeout(() => this.start(), 2000);
    }
  }

  /** Where the recordings' time line begins and ends; what lies between may take a moment to count. */
  async readLine() {
    const line = await this.api.get("/timeline", { bins: 1, from_ns: 0, to_ns: 1 });
    this.store.set({ beginning: parseTime(line.beginning), end: line.end_ns });
  }

  /** One stream for everything: browsers open only a few connections to a server. */
  watch() {
    this.stopWatching?.();
    const query = { history: 2000, ...(this.wantsFrames ? { frames: "true", ...this.wantedFrames } : {}) };
    this.stopWatching = this.api.events(query, this.lastEvent, (name, data, id) => {
      this.lastEvent = id ?? this.lastEvent;
      this.store.take(name, data);
    }, (connected) => this.store.set({ connected }));
  }

  /** @param wanted whether frames are told, and which: all, or those of a tr_id and tr_key */
  watchFrames(wanted, frames = {}) {
    const shape = wanted && JSON.stringify(frames);
    if ((this.watched ?? false) === shape) return;
    [this.watched, this.wantsFrames, this.wantedFrames] = [shape, wanted, frames];
    if (this.stopWatching) this.watch();
  }

  async changeSandbox() {
    this.api.sandbox = this.store.get("sandbox");
    this.stopWatching?.();
    this.lastEvent = undefined;
    this.store.forget();
    try {
      await this.readLine();
      this.watch();
      await Promise.all([this.line.load(), this.listSandboxes()]);
    } catch (error) { this.say(error.message); }
    this.openPane();
  }

  async listSandboxes() {
    const { sandboxes } = await this.api.get("/sandboxes");
    replace(this.sandboxes, sandboxes.map(({ name, venue }) => h("option", { value: name }, `${name} (${venue})`)));
    this.sandboxes.value = this.store.get("sandbox");
    if (!sandboxes.some(({ name }) => name === this.store.get("sandbox"))) this.store.set({ sandbox: "default" });
  }

  askForToken() {
    const { texts } = this;
    const input = h("input", { type: "password", size: "40", autocomplete: "off" });
    const dialog = h("dialog", { "aria-label": texts("token") }, h("label", {}, texts("token"), input), " ", button(texts("enter"), () => {
      this.api.keep(input.value.trim());
      dialog.remove();
      this.start();
    }));
    document.body.append(dialog);
    dialog.showModal();
  }

  build() {
    const { store } = this, language = store.get("language"), texts = (this.texts = textsOf(language));
    document.documentElement.lang = language;
    this.line?.stop();
    this.line = new Timeline(this);
    this.sandboxes = h("select", { "aria-label": texts("sandbox"), onfocus: () => this.listSandboxes().catch((error) => this.say(error.message)), onchange: () => store.set({ sandbox: this.sandboxes.value }) });
    this.marketTime = h("span", { class: "time", title: texts("marketTime") });
    this.since = h("span", { class: "quiet", title: texts("since") });
    this.playButton = button(texts("play"), () => this.toggle(), { class: "main" });
    this.rate = h("select", { "aria-label": texts("rate"), onchange: () => this.control("rate", { speed: this.rate.value === "max" ? "max" : Number(this.rate.value) }) }, [...RATES, "max"].map((rate) => h("option", { value: rate }, rate === "max" ? rate : `${rate}×`)));
    this.loopButton = button(texts("loop"), () => this.toggleLoop(), { "aria-pressed": "false" });
    this.link = h("span", { role: "status" });
    this.messages = h("div", { class: "messages", role: "status", "aria-live": "polite" });
    this.rangeText = h("span", { class: "quiet" });
    this.clearButton = button(texts("clearRange"), () => store.set({ range: null }));
    this.themeButton = button(texts(store.get("theme") === "dark" ? "light" : "dark"), () => store.set({ theme: store.get("theme") === "dark" ? "light" : "dark" }));
    this.tabs = Object.keys(PANES).map((name) => button(texts(name), () => store.set({ pane: name }), { role: "tab", id: `tab-${name}`, "aria-controls": "pane", "data-pane": name }));
    const tablist = h("div", { role: "tablist", "aria-label": texts("title"), onkeydown: (event) => this.tabKey(event) }, this.tabs);
    this.pane = h("div", { id: "pane", role: "tabpanel", tabindex: "-1" });
    replace(this.root);
    this.root.replaceChildren(
      h("header", {}, h("h1", {}, texts("title")), h("label", {}, texts("sandbox"), this.sandboxes), this.marketTime, this.since, this.playButton, button(texts("step"), () => this.stepOne()), this.rate, this.loopButton, this.link,
        h("span", { class: "grow" }), button(texts("help"), () => this.help()), button(texts("language"), () => store.set({ language: language === "ko" ? "en" : "ko" }), { lang: language === "ko" ? "en" : "ko" }), this.themeButton),
      this.line.element,
      h("main", {}, h("div", { class: "strip", role: "group", "aria-label": texts("range") }, this.rangeText, this.clearButton, button(texts("saveRange"), () => this.saveRange()), button(texts("copyLink"), () => this.copyLink()), button(texts("fork"), () => this.fork()), h("span", { class: "grow" }),
        h("span", { role: "group", "aria-label": texts("zoom") }, [["−", "zoomOut", 2.5], ["+", "zoomIn", 0.4], [texts("whole"), "whole", Infinity]].map(([label, name, factor]) => button(label, () => this.line.zoom(factor), { "aria-label": texts(name), title: texts(name) })))),
        tablist, this.pane), this.messages);
    if (this.started) this.listSandboxes();
    this.started = true;
    this.openPane();
    this.showRange();
    this.showStatus();
  }

  openPane() {
    const name = PANES[this.store.get("pane")] ? this.store.get("pane") : "frames";
    for (const tab of this.tabs) {
      const chosen = tab.dataset.pane === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    this.open?.stop();
    this.open = new PANES[name](this);
    this.pane.setAttribute("aria-labelledby", `tab-${name}`);
    this.pane.replaceChildren(this.open.element);
  }

  tabKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const names = Object.keys(PANES), next = names[(names.indexOf(this.store.get("pane")) + step + names.length) % names.length];
    this.store.set({ pane: next });
    this.tabs.find((tab) => tab.dataset.pane === next).focus();
  }

  applyTheme(theme) {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("kis-mock-theme", theme);
    if (this.themeButton) this.themeButton.textContent = this.texts(theme === "dark" ? "light" : "dark");
    localStorage.setItem("kis-mock-language", this.store.get("language"));
  }

  showStatus() {
    const { status, connected } = this.store.state, { texts } = this;
    this.link.textContent = texts(connected ? "connected" : "disconnected");
    this.link.className = connected ? "good-text" : "bad-text";
    if (!status) return;
    this.chooseSource(status);
    this.showTime();
    const replay = status.replay;
    const plays = replay?.state === "playing" && !status.clock.frozen;
    this.playButton.textContent = texts(plays ? "pause" : "play");
    this.playButton.setAttribute("aria-label", texts(plays ? "pause" : "play"));
    this.playButton.disabled = !replay;
    if (replay && document.activeElement !== this.rate) {
      const speed = String(replay.speed);
      if (![...this.rate.options].some(({ value }) => value === speed)) this.rate.append(h("option", { value: speed }, `${speed}×`));
      this.rate.value = speed;
    }
    this.loopButton.setAttribute("aria-pressed", String(this.loopsRange || replay?.loop === true));
  }

  /** Where nothing plays and nobody is connected, as on a file that is only looked at, the recordings are what there is to
   *  see. Whoever chose otherwise is left alone. */
  chooseSource({ replay, sessions, entries }) {
    if (this.hasChosenSource) return;
    this.hasChosenSource = true;
    if (!location.hash.includes("source=") && replay?.state === "paused" && !sessions.length && !entries) this.store.set({ source: "recorded" });
  }

  /** Where the market is, and, when a range is repeated, whether it has come to its end. */
  showTime() {
    const { beginning, range } = this.store.state, now = this.store.now();
    if (now === null) return;
    this.marketTime.textContent = clockText(beginning + now);
    this.since.textContent = sinceText(now);
    if (this.loopsRange && range && now >= range[1] && !this.turning) {
      this.turning = true;
      this.seek(range[0]).finally(() => { this.turning = false; });
    }
  }

  showRange() {
    const { range, beginning } = this.store.state, { texts } = this;
    this.clearButton.disabled = !range;
    this.rangeText.textContent = `${texts("range")}: ${range ? `${clockText(beginning + range[0], 1)} – ${clockText(beginning + range[1], 1)}` : texts("wholeRange")}`;
  }

  say(text) {
    const message = h("div", { class: "message" }, text);
    this.messages.replaceChildren(message);
    clearTimeout(this.silence);
    this.silence = setTimeout(() => message.remove(), 8000);
  }

  async control(command, body) {
    try {
      const answer = await this.api.post(`/replay/${command}`, body);
      this.store.adopt(answer.replay ?? answer);
    } catch (error) { this.say(error.message); }
  }

  async toggle() {
    const { status } = this.store.state;
    if (status?.clock.frozen) await this.api.post("/clock/reset").catch((error) => this.say(error.message));
    await this.control(status?.replay?.state === "playing" && !status.clock.frozen ? "pause" : "play");
  }

  stepOne() { return this.control("step", { count: 1 }); }

  /** A chosen range is what is repeated; without one the whole replay. */
  toggleLoop() {
    const { range, status } = this.store.state;
    if (range) {
      this.loopsRange = !this.loopsRange;
      return this.showStatus();
    }
    this.loopsRange = false;
    return this.control("loop", { loop: !status?.replay?.loop });
  }

  /** Moves the playhead. While it is dragged only the last place counts. */
  async seek(position) {
    this.wanted = this.store.scrub = Math.max(0, Math.round(position));
    this.store.tell("now");
    if (this.seeking) return;
    this.seeking = true;
    while (this.wanted !== null) {
      const target = this.wanted;
      this.wanted = null;
      await this.control("seek", { position_ns: target });
      // The picture moves with the pointer; the market follows as often as a market can be rebuilt.
      if (this.wanted !== null) await new Promise((resolve) => setTimeout(resolve, SEEK_PAUSE));
    }
    this.seeking = false;
    this.store.scrub = null;
    this.store.set({ at: null });
    this.store.tell("now");
    // The recording around the new place, once the playhead stays there.
    clearTimeout(this.loading);
    this.loading = setTimeout(() => { if (this.store.get("source") === "recorded") this.open?.load?.(); }, 200);
  }

  /** What is looked at is what is saved: what was really sent, or what the recordings hold. Where nothing was sent in a
   *  range, the recordings. */
  async saveRange() {
    const { range, source, end, beginning } = this.store.state;
    const span = source === "live" ? (range ? this.store.clockSpan(range) : [0, undefined]) : null;
    try {
      let saved = span && await this.api.bytes("/recordings/snapshot", { from_ns: span[0], to_ns: span[1] });
      // A header alone is no recording of anything.
      if (!saved || (saved.lines < 2 && end > 0)) saved = await this.part(range ?? [0, end + 1]);
      else saved.isLive = true;
      if (saved.lines < 2) return this.say(this.texts("nothingThere"));
      this.download(saved.blob, `kis-mock-${clockText(beginning + (range?.[0] ?? 0)).replaceAll(":", "")}.jsonl`);
      const told = [`${this.texts(saved.isLive ? "savedLive" : "savedRecorded")}${saved.name ?? ""}: ${saved.lines - 1} ${this.texts("events")}`];
      if (!saved.isComplete) told.push(this.texts("partForgotten"));
      this.say(told.join(". "));
    } catch (error) { this.say(error.message); }
  }

  /** A range of the recordings: of the first that has anything in it. */
  async part([from, to]) {
    const recordings = this.store.get("overview")?.recordings ?? [{}];
    const number = Math.max(0, recordings.findIndex(({ from_ns, to_ns }) => from_ns < to && to_ns >= from));
    const saved = await this.api.bytes("/recording/part", { from_ns: Math.floor(from), to_ns: Math.ceil(to), recording: number });
    return { ...saved, name: recordings.length > 1 ? ` ${recordings[number].name}` : "" };
  }

  download(blob, name) {
    const link = h("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  copyLink() {
    const address = location.origin + this.store.address(this.store.now());
    copy(address).then(() => this.say(this.texts("copied")), () => this.say(address));
  }

  async fork() {
    try {
      const fork = await this.api.post(`/sandboxes/${encodeURIComponent(this.api.sandbox)}/fork`, {});
      await this.listSandboxes();
      this.say(`${this.texts("forked")} ${fork.name}: ${fork.rest ?? ""} ${fork.ws ?? ""}`);
      this.store.set({ sandbox: fork.name });
    } catch (error) { this.say(error.message); }
  }

  help() {
    const dialog = h("dialog", { "aria-label": this.texts("help"), onclose: () => dialog.remove() }, h("p", {}, this.texts("keys")), h("p", {}, this.texts("timelineHelp")), button(this.texts("shut"), () => dialog.close()));
    document.body.append(dialog);
    dialog.showModal();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const now = this.store.now() ?? 0, second = event.shiftKey ? 10e9 : 1e9;
    const acts = {
      " ": () => this.toggle(), j: () => this.open.step(1), k: () => this.open.step(-1), ".": () => this.stepOne(),
      ArrowLeft: () => this.seek(now - second), ArrowRight: () => this.seek(now + second), "/": () => this.open.focusFilter?.(), "?": () => this.help(),
    };
    if (!acts[event.key] || (event.key === " " && event.target.tagName === "BUTTON")) return;
    event.preventDefault();
    acts[event.key]();
  }
}

window.page = new Page();
