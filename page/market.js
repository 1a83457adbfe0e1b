// Market and account: what KIS's own REST API says of an instrument and an account, and orders through it.

import { button, h, replace, table } from "./dom.js";
import { drawCandles } from "./charts.js";
import { clockText, parseTime } from "./scale.js";

const QUOTES = "/uapi/domestic-stock/v1/quotations", TRADING = "/uapi/domestic-stock/v1/trading";
// Two hours of minutes.
const MOST_BARS = 120;
const won = (text) => (Number.isFinite(Number(text)) ? Number(text).toLocaleString("en", { maximumFractionDigits: 2 }) : String(text ?? ""));

export class MarketPane {
  constructor({ store, api, texts, say }) {
    Object.assign(this, { store, api, texts, say });
    this.code = h("input", { value: sessionStorage.getItem("kis-mock-code") ?? "005930", size: "10", list: "codes" });
    this.account = h("input", { value: sessionStorage.getItem("kis-mock-account") ?? "12345678-01", size: "13", list: "accounts" });
    this.codes = h("datalist", { id: "codes" });
    this.accounts = h("datalist", { id: "accounts" });
    this.title = h("strong", {});
    this.canvas = h("canvas", { class: "candles", role: "img", "aria-label": texts("chart") });
    this.book = h("div", {});
    this.state = h("div", {});
    this.orders = h("div", {});
    this.price = h("input", { type: "number", min: "0", value: "" });
    this.quantity = h("input", { type: "number", min: "1", value: "1" });
    this.kind = h("select", {});
    this.element = h("section", { "aria-label": texts("market") },
      h("div", { class: "tools" }, h("label", {}, texts("instrument"), this.code), h("label", {}, texts("account"), this.account), button(texts("show"), () => this.load()), this.title, this.codes, this.accounts),
      h("div", { class: "scroll" }, h("div", { class: "columns trading" },
        h("div", { class: "card chart" }, h("h2", {}, texts("chart")), this.canvas),
        h("div", { class: "card book" }, h("h2", {}, texts("book")), this.book),
        h("div", { class: "side" }, h("div", { class: "card" }, h("h2", {}, texts("ticket")), h("div", { class: "form" },
          h("label", {}, texts("kind"), this.kind), h("label", {}, texts("price"), this.price), h("label", {}, texts("quantity"), this.quantity)),
          h("p", {}, button(texts("buy"), () => this.order("buy"), { class: "main" }), " ", button(texts("sell"), () => this.order("sell"))),
          this.steering()),
        h("div", { class: "card" }, h("h2", {}, texts("account")), this.state, h("p", {}, button(texts("topUp"), () => this.topUp()), " ", button(texts("resetAccount"), () => this.resetAccount())))),
        h("div", { class: "card orders" }, this.orders))));
    for (const input of [this.code, this.account]) input.addEventListener("change", () => this.load());
    this.bars = new Map();
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.canvas);
    this.stops = [store.on(["theme"], () => this.draw()), store.on(["range"], () => { this.draw(); this.showOrders(); })];
    this.timer = setInterval(() => { if (!document.hidden) this.load(); }, 2000);
    this.load();
  }

  stop() {
    clearInterval(this.timer);
    this.observer.disconnect();
    this.stops.forEach((stop) => stop());
  }

  step() {}

  get isPaper() { return this.venue === "vts"; }

  tr(real) { return this.isPaper ? `V${real.slice(1)}` : real; }

  async load() {
    if (this.loading) return;
    this.loading = true;
    try {
      sessionStorage.setItem("kis-mock-code", this.code.value);
      sessionStorage.setItem("kis-mock-account", this.account.value);
      const sandboxes = (await this.api.get("/sandboxes")).sandboxes;
      this.venue = sandboxes.find(({ name }) => name === this.api.sandbox)?.venue ?? "real";
      await Promise.all([this.loadQuote(), this.loadAccount(), this.loadKinds()]);
    } catch (error) { this.say(error.message); }
    this.loading = false;
  }

  async loadQuote() {
    const code = this.code.value, now = this.store.now();
    const time = clockText(this.store.get("beginning") + (now ?? 0)).replaceAll(":", "");
    const [minutes, book, price] = await Promise.all([
      this.loadBars(code, time),
      this.api.ask("GET", `${QUOTES}/inquire-asking-price-exp-ccn`, "FHKST01010200", { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: code }),
      this.api.ask("GET", `${QUOTES}/inquire-price`, "FHKST01010100", { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: code }),
    ]);
    if (code !== this.code.value) return;
    this.draw();
    const quote = price.output ?? {}, change = Number(quote.prdy_vrss);
    this.title.textContent = quote.stck_prpr ? `${minutes.output1?.hts_kor_isnm ?? ""} ${won(quote.stck_prpr)} (${change > 0 ? "▲" : change < 0 ? "▼" : "＝"} ${quote.prdy_ctrt} %)` : price.msg1 ?? "";
    this.title.className = change > 0 ? "up" : change < 0 ? "down" : "";
    this.last = Number(quote.stck_prpr);
    if (!this.price.value && this.last) this.price.value = String(this.last);
    this.showBook(book.output1 ?? {});
  }

  /** The latest bars, and once those before them: KIS tells thirty at a time. */
  async loadBars(code, until) {
    if (this.barsOf !== code || this.newest > until) this.bars = new Map();
    [this.barsOf, this.newest] = [code, until];
    let answer, time = until;
    do {
      const page = await this.api.ask("GET", `${QUOTES}/inquire-time-itemchartprice`, "FHKST03010200", { FID_ETC_CLS_CODE: "", FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: code, FID_INPUT_HOUR_1: time, FID_PW_DATA_INCU_YN: "Y" });
      answer ??= page;
      const rows = (page.output2 ?? []).filter(({ stck_prpr }) => stck_prpr), known = this.bars.size;
      for (const bar of rows) {
        this.bars.set(`${bar.stck_bsop_date} ${bar.stck_cntg_hour}`, { hour: bar.stck_cntg_hour, open: Number(bar.stck_oprc), high: Number(bar.stck_hgpr), low: Number(bar.stck_lwpr), close: Number(bar.stck_prpr), volume: Number(bar.cntg_vol) });
      }
      if (!rows.length || this.bars.size - known < rows.length) break;
      time = rows.at(-1).stck_cntg_hour;
    } while (this.bars.size < MOST_BARS && this.barsOf === code);
    const { beginning } = this.store.state;
    this.candles = [...this.bars].sort(([left], [right]) => (left < right ? -1 : 1)).slice(-MOST_BARS).map(([, bar]) => {
      const time = `${bar.hour.slice(0, 2)}:${bar.hour.slice(2, 4)}`;
      return { ...bar, time, position: parseTime(time) - beginning };
    });
    return answer;
  }

  draw() {
    drawCandles(this.canvas, this.candles ?? [], (candle) => this.store.get("range") && this.store.inRange(candle.position));
    const last = this.candles?.at(-1);
    this.canvas.setAttribute("aria-label", `${this.texts("chart")}, ${this.candles?.length ?? 0}${last ? `, ${last.time} ${won(last.close)}` : ""}`);
    this.canvas.dataset.candles = String(this.candles?.length ?? 0);
  }

  showBook(book) {
    const levels = [], most = Math.max(1, ...Object.keys(book).filter((name) => /^(ask|bid)p_rsqn\d/.test(name)).map((name) => Number(book[name])));
    // How much rests at a price, as a bar behind the number.
    const rest = (quantity, side) => {
      const cell = h("div", { class: `rest ${side}-rest` }, won(quantity));
      cell.style.backgroundSize = `${(100 * Number(quantity)) / most}% 100%`;
      return cell;
    };
    for (let level = 10; level >= 1; level--) if (Number(book[`askp${level}`])) levels.push([rest(book[`askp_rsqn${level}`], "ask"), h("span", { class: "down" }, won(book[`askp${level}`])), ""]);
    for (let level = 1; level <= 10; level++) if (Number(book[`bidp${level}`])) levels.push(["", h("span", { class: "up" }, won(book[`bidp${level}`])), rest(book[`bidp_rsqn${level}`], "bid")]);
    replace(this.book, table(this.texts("book"), [this.texts("ask"), this.texts("price"), this.texts("bid")], levels, [0, 1, 2]));
  }

  async loadKinds() {
    const { kinds } = await this.api.get("/trading");
    const chosen = this.kind.value || "00";
    replace(this.kind, kinds.map(({ code, name, venues }) => h("option", { value: code, disabled: venues.length === 0 }, `${code} ${name} ${venues.length ? `(${venues.join(", ")})` : `(${this.texts("closedNow")})`}`)));
    this.kind.value = chosen;
  }

  get accountParts() {
    const [number, product] = this.account.value.split("-");
    return { CANO: number ?? "", ACNT_PRDT_CD: product ?? "01" };
  }

  async loadAccount() {
    const { texts } = this;
    const [account, known] = await Promise.all([this.api.get(`/accounts/${encodeURIComponent(this.account.value)}`), this.api.get("/accounts")]);
    replace(this.accounts, known.accounts.map(({ account }) => h("option", { value: account })));
    replace(this.codes, account.holdings.map(({ code, name }) => h("option", { value: code }, name)));
    replace(this.state,
      table(texts("account"), [texts("cash"), texts("orderable")], [[won(account.cash), won(account.orderable)]], [0, 1]),
      h("h3", {}, texts("holdings")),
      account.holdings.length ? table(texts("holdings"), [texts("instrument"), texts("quantity"), texts("average")], account.holdings.map(({ code, name, quantity, average }) => [`${code} ${name}`, won(quantity), won(average)]), [1, 2]) : h("p", { class: "quiet" }, texts("none")));
    await this.loadOrders();
  }

  async loadOrders() {
    const { texts } = this;
    const today = (this.store.get("status")?.clock.time ?? "").slice(0, 10).replaceAll("-", "");
    const answer = await this.api.ask("GET", `${TRADING}/inquire-daily-ccld`, this.tr("TTTC0081R"), {
      ...this.accountParts, INQR_STRT_DT: shifted(today, -7), INQR_END_DT: today, SLL_BUY_DVSN_CD: "00", INQR_DVSN: "00", PDNO: "", CCLD_DVSN: "00", ORD_GNO_BRNO: "", ODNO: "", INQR_DVSN_3: "00", INQR_DVSN_1: "", EXCG_ID_DVSN_CD: "ALL", CTX_AREA_FK100: "", CTX_AREA_NK100: "",
    });
    this.known = answer.output1 ?? [];
    this.showOrders();
  }

  /** Orders that were placed in the range that is chosen. */
  showOrders() {
    const { texts } = this, { beginning, range } = this.store.state;
    const placed = ({ ord_tmd }) => parseTime((ord_tmd ?? "").replace(/^(\d\d)(\d\d)(\d\d)$/, "$1:$2:$3")) - beginning;
    const orders = (this.known ?? []).filter((order) => !range || this.store.inRange(placed(order)));
    const open = orders.filter(({ rmn_qty }) => Number(rmn_qty) > 0), filled = orders.filter(({ tot_ccld_qty }) => Number(tot_ccld_qty) > 0);
    const line = (order) => [clockText(placed(order) + beginning), order.odno, order.pdno, h("span", { class: order.sll_buy_dvsn_cd === "02" ? "up" : "down" }, order.sll_buy_dvsn_cd_name ?? order.sll_buy_dvsn_cd)];
    const heading = (name) => h("h2", {}, `${texts(name)}${range ? ` · ${texts("inRange")}` : ""}`);
    const shape = JSON.stringify([open, filled, range]);
    if (this.drawnOrders === shape) return;
    this.drawnOrders = shape;
    this.orders.replaceChildren(
      heading("openOrders"),
      open.length ? table(texts("openOrders"), [texts("time"), texts("number"), texts("instrument"), texts("side"), texts("price"), texts("quantity"), texts("remaining"), texts("acts")], open.map((order) => [...line(order), won(order.ord_unpr), won(order.ord_qty), won(order.rmn_qty), button(texts("cancel"), () => this.cancel(order))]), [4, 5, 6]) : h("p", { class: "quiet" }, texts("none")),
      heading("fills"),
      filled.length ? table(texts("fills"), [texts("time"), texts("number"), texts("instrument"), texts("side"), texts("average"), texts("quantity")], filled.map((order) => [...line(order), won(order.avg_prvs), won(order.tot_ccld_qty)]), [4, 5]) : h("p", { class: "quiet" }, texts("none")));
  }

  async order(side) {
    const kind = this.kind.value, priced = !["01", "03", "04", "05", "06", "13", "14", "15", "16"].includes(kind);
    const body = { ...this.accountParts, PDNO: this.code.value, ORD_DVSN: kind, ORD_QTY: this.quantity.value, ORD_UNPR: priced ? this.price.value : "0", EXCG_ID_DVSN_CD: "KRX" };
    if (kind === "22") body.CNDT_PRIC = this.price.value;
    await this.tell(`${TRADING}/order-cash`, this.tr(side === "buy" ? "TTTC0012U" : "TTTC0011U"), body);
  }

  async cancel(order) {
    await this.tell(`${TRADING}/order-rvsecncl`, this.tr("TTTC0013U"), { ...this.accountParts, KRX_FWDG_ORD_ORGNO: order.ord_gno_brno ?? "", ORGN_ODNO: order.odno, ORD_DVSN: order.ord_dvsn_cd ?? "00", RVSE_CNCL_DVSN_CD: "02", ORD_QTY: "0", ORD_UNPR: "0", QTY_ALL_ORD_YN: "Y", EXCG_ID_DVSN_CD: "KRX" });
  }

  async tell(path, tr, body) {
    try {
      const answer = await this.api.ask("POST", path, tr, body);
      this.say(`${answer.msg_cd ?? ""} ${answer.msg1 ?? ""}`.trim());
      await this.loadAccount();
    } catch (error) { this.say(error.message); }
  }

  async setAccount(change) {
    try {
      await this.api.call("PUT", `/accounts/${encodeURIComponent(this.account.value)}`, { body: change });
      await this.loadAccount();
    } catch (error) { this.say(error.message); }
  }

  async topUp() {
    const { cash } = await this.api.get(`/accounts/${encodeURIComponent(this.account.value)}`);
    await this.setAccount({ cash: cash + 100_000_000 });
  }

  resetAccount() { return this.setAccount({ cash: 100_000_000, holdings: [] }); }

  steering() {
    const { texts } = this;
    const what = h("select", {}, [["steerFill", "fill"], ["steerPartial", { partial: "30%" }], ["steerReject", { reject: "APBK0919" }], ["steerDelay", { delay: "5s" }]].map(([name, action]) => h("option", { value: JSON.stringify(action) }, texts(name))));
    const act = async (method, body) => {
      try {
        await this.api.call(method, "/orders", { body });
        this.say(texts(method === "POST" ? "steered" : "steerStop"));
      } catch (error) { this.say(error.message); }
    };
    return h("div", {}, h("label", {}, texts("steer"), what), h("p", {},
      button(texts("steerDo"), () => act("POST", { match: { code: this.code.value, nth: 1 }, do: JSON.parse(what.value) })), " ",
      button(texts("steerStop"), () => act("DELETE"))));
  }
}

/** A day some days later, `20260921`. */
function shifted(day, days) {
  const date = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)) + days));
  return Number.isNaN(date.getTime()) ? day : date.toISOString().slice(0, 10).replaceAll("-", "");
}
