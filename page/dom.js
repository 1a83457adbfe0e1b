// Elements without markup: whatever came over the wire becomes text, never anything else.

/** Makes an element. Strings among the children become text; `onclick` and the like become listeners. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value" || name === "checked" || name === "disabled" || name === "selected") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The same for SVG. */
export function svg(tag, props = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, value);
  element.append(...children.flat(Infinity).filter(Boolean));
  return element;
}

/** Puts other children in the place of those that are there, unless they say the same: a table that somebody reads
 *  aloud or has the focus in is left alone then. */
export function replace(element, ...children) {
  const next = h("div", {}, ...children);
  if (next.isEqualNode(element.shadow)) return;
  element.shadow = next.cloneNode(true);
  element.replaceChildren(...next.childNodes);
}

export function button(label, act, props = {}) {
  return h("button", { type: "button", onclick: act, ...props }, label);
}

/** A table with a head; cells may be elements or text. `numbers` are the columns that are set to the right. */
export function table(caption, head, rows, numbers = []) {
  const cell = (tag) => (content, index) => h(tag, { class: numbers.includes(index) ? "number" : undefined, scope: tag === "th" ? "col" : undefined }, content);
  return h("table", {},
    h("caption", { class: "visually-hidden" }, caption),
    h("thead", {}, h("tr", {}, head.map(cell("th")))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td"))))));
}

/** Sets up a canvas for the screen's pixels. */
export function context(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const drawing = canvas.getContext("2d");
  drawing.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawing.clearRect(0, 0, width, height);
  return { drawing, width, height };
}

const COLOURS = ["ground", "line", "text", "quiet", "accent", "up", "down", "bad", "good", "mark", "focus", "lane0", "lane1", "lane2", "lane3", "lane4", "lane5"];
const palettes = new Map();

/** The colours of the style sheet, by name. They are read once a theme: a picture needs them many times. */
export function palette() {
  const { theme } = document.documentElement.dataset;
  if (!palettes.has(theme)) {
    const style = getComputedStyle(document.documentElement);
    palettes.set(theme, Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])));
  }
  return palettes.get(theme);
}

export function copy(text) {
  return navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error("no clipboard"));
}
