// Sessions: who is connected, what they registered, and what can be done to them.

import { button, h, replace, table } from "./dom.js";
import { Happenings } from "./happenings.js";
import { nameOf } from "./catalogue.js";

const masked = (key) => (key ? (key.length > 8 ? `${key.slice(0, 4)}…${key.slice(-2)}` : `${key.slice(0, 2)}…`) : "–");
const counted = (number) => number.toLocaleString("en");

export class SessionsPane {
  constructor(page) {
    const { store, api, texts, say } = page;
    Object.assign(this, { store, api, texts, say });
    this.happenings = new Happenings(page, "sessionHistory", ["connect", "disconnect", "register", "release"]);
    this.tables = h("div", {});
    this.text = h("input", { value: "0|H0STCNT0|001|005930^093000^70000", size: "60", "aria-label": texts("text") });
    this.target = h("select", { "aria-label": texts("toSession") });
    this.element = h("section", { "aria-label": texts("sessions") }, h("div", { class: "scroll" },
      this.tables,
      h("h2", {}, texts("send")),
      h("p", {}, this.text, " ", this.target, " ", button(texts("send"), () => this.send(), { class: "main" })),
      this.happenings.element));
    this.stops = [this.happenings.stop, store.on(["status"], () => this.show())];
    this.show();
  }

  stop() { this.stops.forEach((stop) => stop()); }
  step() {}

  show() {
    const { texts } = this, sessions = this.store.get("status")?.sessions ?? [];
    const chosen = this.target.value;
    replace(this.target, h("option", { value: "" }, texts("everybody")), sessions.map(({ session }) => h("option", { value: String(session) }, `${texts("session")} ${session}`)));
    this.target.value = sessions.some(({ session }) => String(session) === chosen) ? chosen : "";
    if (!sessions.length) {
      this.drawn = null;
      return replace(this.tables, h("p", { class: "quiet" }, texts("nobody")));
    }
    const shape = JSON.stringify(sessions);
    if (this.drawn === shape) return;
    this.drawn = shape;
    const focused = document.activeElement?.dataset?.act;
    this.tables.shadow = null;
    this.tables.replaceChildren(table(texts("sessions"),
      [texts("session"), texts("appKey"), texts("registrations"), texts("frames"), texts("sent"), texts("backlog"), texts("heartbeat"), texts("acts")],
      sessions.map((session) => [
        String(session.session), masked(session.app_key),
        session.registrations.map(({ tr_id, tr_key, delivered }) => h("div", {}, `${tr_id} ${tr_key} `, h("span", { class: "quiet" }, `${nameOf(tr_id)} · ${counted(delivered)}`))),
        counted(session.registrations.reduce((sum, registration) => sum + registration.delivered, 0)), counted(session.sent_bytes), counted(session.backlog_bytes),
        session.ending ? texts("ending") : session.owes_pingpong ? texts("owes") : texts("fine"),
        h("div", { class: "acts" }, this.acts(session.session)),
      ]), [3, 4, 5]));
    if (focused) this.tables.querySelector(`[data-act="${focused}"]`)?.focus();
  }

  acts(session) {
    return [["close", "ws-close"], ["cutOff", "ws-close-without-frame"], ["reset", "ws-reset"], ["stall", { name: "ws-stall", duration: "10s" }]].map(([name, fault]) => [
      button(this.texts(name), () => this.strike(session, fault), { "data-act": `${name}-${session}` }), " ",
    ]);
  }

  async strike(session, fault) {
    try { await this.api.post(`/sessions/${session}/strike`, { fault }); } catch (error) { this.say(error.message); }
  }

  async send() {
    const body = { text: this.text.value };
    if (this.target.value) body.session = Number(this.target.value);
    try {
      const { sessions } = await this.api.post("/channels/send", body);
      this.say(`${this.texts("send")}: ${sessions.join(", ") || this.texts("none")}`);
    } catch (error) { this.say(error.message); }
  }
}
