// YAML of plain values, as a scenario has them. Every string stands in quotes, so that none is taken for anything else.

const plain = /^[A-Za-z_][\w-]*$/;
const words = new Set(["true", "false", "yes", "no", "on", "off", "null", "y", "n"]);

export function yaml(value, indent = "") {
  if (Array.isArray(value)) {
    if (!value.length) return "[]";
    return value.map((element) => `\n${indent}- ${yaml(element, `${indent}  `).trimStart()}`).join("");
  }
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value);
    if (!members.length) return "{}";
    return members.map(([name, member]) => {
      const written = yaml(member, `${indent}  `);
      return `\n${indent}${scalar(name)}:${written.startsWith("\n") ? "" : " "}${written}`;
    }).join("");
  }
  return scalar(value);
}

function scalar(value) {
  if (typeof value !== "string") return String(value);
  return plain.test(value) && !words.has(value.toLowerCase()) ? value : JSON.stringify(value);
}
