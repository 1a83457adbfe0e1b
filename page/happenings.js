// What happened lately of some kinds, within the range that is chosen: a table under a heading.

import { button, h, replace, table } from "./dom.js";
import { clockText } from "./scale.js";

const MOST = 50;

export class Happenings {
  /** @param kinds the kinds of the journal's entries that are told */
  constructor({ store, texts, seek }, name, kinds) {
    Object.assign(this, { store, texts, seek, name, kinds });
    this.element = h("div", {});
    this.stop = store.on(["entries", "range"], () => this.later());
    this.show();
  }

  later() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.show();
    });
  }

  show() {
    const { store, texts } = this, found = [];
    for (let index = store.entries.length - 1; index >= 0 && found.length < MOST; index--) {
      const entry = store.entries[index];
      if (this.kinds.includes(entry.kind) && store.inRange(entry.position)) found.push(entry);
    }
    const seek = (entry) => entry.position !== null && button(clockText(store.get("beginning") + entry.position, 3), () => this.seek(entry.position), { class: "plain", title: texts("seekHere") });
    replace(this.element,
      h("h2", {}, `${texts(this.name)}${store.get("range") ? ` · ${texts("inRange")}` : ""}`),
      found.length ? table(texts(this.name), [texts("time"), texts("session"), texts("what"), texts("detail")], found.map((entry) => [
        seek(entry), String(entry.session ?? ""), entry.fault ?? texts(`kind-${entry.kind}`), [entry.detail, entry.tr_id, entry.tr_key, entry.code, entry.reason, entry.path].filter(Boolean).join(" "),
      ])) : h("p", { class: "quiet" }, texts("none")));
  }
}
