// A list of any length of which only what is seen is there. It follows its end while its end is seen, and else it never
// moves by itself.

import { h } from "./dom.js";

const HEIGHT = 24;

export class List {
  /** @param row makes the cells of an element; @param pick is told of the element that was chosen
   *  @param identity tells elements apart, so that a list that lost its first ones does not jump */
  constructor({ label, row, pick = () => {}, hover = () => {}, identity = (element) => element }) {
    Object.assign(this, { row, pick, hover, identity });
    this.elements = [];
    this.chosen = null;
    this.follows = true;
    this.space = h("div", { class: "space", role: "presentation" });
    this.element = h("div", { class: "list", role: "listbox", tabindex: "0", "aria-label": label }, this.space);
    this.element.addEventListener("scroll", () => this.scrolled());
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.space.addEventListener("click", (event) => this.click(event));
    this.space.addEventListener("mouseover", (event) => this.point(event));
    this.element.addEventListener("mouseleave", () => {
      this.pointed = null;
      this.hover(null);
    });
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.element);
  }

  show(elements) {
    // What went at the front moves the rest up: the reader's place moves with it.
    const first = elements.length ? this.identity(elements[0]) : null;
    const gone = this.elements.findIndex((element) => this.identity(element) === first);
    this.elements = elements;
    this.space.style.height = `${elements.length * HEIGHT}px`;
    if (this.follows) this.element.scrollTop = elements.length * HEIGHT;
    else if (gone > 0) this.element.scrollTop -= gone * HEIGHT;
    this.draw();
  }

  /** Marks the row whose moment is nearest, among those that are seen: it does not scroll. */
  near(position) {
    if (this.moment === position) return;
    this.moment = position;
    this.markNearest();
  }

  markNearest() {
    const position = this.moment ?? null;
    const rows = [...this.space.children].map((row) => [row, Math.abs((this.elements[row.dataset.index]?.position ?? Infinity) - position)]);
    const nearest = position === null ? Infinity : Math.min(...rows.map(([, distance]) => distance));
    for (const [row, distance] of rows) row.classList.toggle("near", Number.isFinite(distance) && distance === nearest);
  }

  scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    this.setFollows(scrollTop + clientHeight >= scrollHeight - 2);
    this.draw();
  }

  setFollows(follows) {
    if (this.follows === follows) return;
    this.follows = follows;
    this.element.dispatchEvent(new CustomEvent("follow", { detail: follows }));
  }

  toEnd() {
    this.setFollows(true);
    this.element.scrollTop = this.elements.length * HEIGHT;
    this.draw();
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.step(step);
  }

  /** Chooses the element so many further on. */
  step(step) {
    if (!this.elements.length) return;
    const at = this.elements.findIndex((element) => this.identity(element) === this.chosen);
    const next = Math.min(Math.max((at < 0 ? (step > 0 ? -1 : this.elements.length) : at) + step, 0), this.elements.length - 1);
    this.choose(next);
  }

  choose(index) {
    const element = this.elements[index];
    if (!element) return;
    this.chosen = this.identity(element);
    const top = index * HEIGHT, { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    if (top + HEIGHT > scrollTop + clientHeight) this.element.scrollTop = top + HEIGHT - clientHeight;
    this.draw();
    this.pick(element, index);
  }

  /** Rows are used again and again: elements that are made ten times a second fill the tab faster than it is swept. */
  draw() {
    const { space } = this;
    const first = Math.max(0, Math.floor(this.element.scrollTop / HEIGHT) - 2);
    const last = Math.min(this.elements.length, first + Math.ceil(this.element.clientHeight / HEIGHT) + 5);
    while (space.children.length > Math.max(0, last - first)) space.lastChild.remove();
    while (space.children.length < last - first) space.append(h("div", { role: "option" }));
    let active = null;
    for (let index = first; index < last; index++) {
      const row = space.children[index - first];
      if (this.fill(row, index)) active = row.id;
    }
    set(this.element, "aria-activedescendant", active);
    if (this.moment !== undefined && this.moment !== null) this.markNearest();
  }

  /** @returns whether it is the one that is chosen */
  fill(row, index) {
    const element = this.elements[index];
    const { cells, type = "", bad = false } = this.row(element, index);
    const chosen = this.identity(element) === this.chosen;
    while (row.children.length > cells.length) row.lastChild.remove();
    while (row.children.length < cells.length) row.append(h("span", {}, ""));
    cells.forEach((cell, number) => {
      const text = row.children[number].firstChild, next = cell ?? "";
      if (text.data !== next) text.data = next;
    });
    set(row, "class", `row ${type}${index % 2 ? " odd" : ""}${bad ? " bad" : ""}`);
    set(row, "id", `${this.element.id || "list"}-${index}`);
    set(row, "aria-selected", String(chosen));
    set(row, "data-index", String(index));
    set(row, "aria-setsize", String(this.elements.length));
    set(row, "aria-posinset", String(index + 1));
    const top = `${index * HEIGHT}px`;
    if (row.style.top !== top) row.style.top = top;
    return chosen;
  }

  indexAt(event) { return event.target.closest(".row")?.dataset.index; }

  click(event) {
    const index = this.indexAt(event);
    if (index !== undefined) this.choose(Number(index));
  }

  point(event) {
    const element = this.elements[this.indexAt(event)];
    if (element === this.pointed) return;
    this.pointed = element;
    if (element) this.hover(element);
  }
}

/** Sets an attribute that has another value; null takes it away. */
function set(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
