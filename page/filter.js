// The filter of lists: `tr=H0STCNT0 code=005930 price>70000 text`. All terms have to hold.

const NAMES = {
  tr: ["tr"], code: ["key"], key: ["key"], session: ["session"], flag: ["flag"], kind: ["kind"],
  price: ["STCK_PRPR", "PRPR_NMIX", "FUTS_PRPR", "OPTN_PRPR", "LAST", "ASKP1", "CNTG_UNPR"],
  volume: ["CNTG_VOL", "EVOL", "LAST_CNQN", "CNTG_QTY"],
  status: ["status"], path: ["path"], source: ["source"], method: ["method"],
};

/** Why a filter cannot be understood. */
export class FilterError extends Error {
  constructor(term, expected) {
    super(`${term}: ${expected}`);
    this.term = term;
  }
}

/** Reads a filter.
 *  @returns {(row: {text: string, value: (name: string) => string | undefined}) => boolean}
 *  @throws FilterError */
export function parseFilter(text) {
  const terms = (text.match(/"[^"]*"|\S+/g) ?? []).map(parseTerm);
  return (row) => terms.every((term) => term(row));
}

/** The tr_id and tr_key that a filter wants, as far as it names one of each. */
export function wantedFrames(text) {
  const named = (pattern) => pattern.exec(text)?.[1];
  return { tr_id: named(/(?:^|\s)tr=([\w-]+)(?=\s|$)/i), tr_key: named(/(?:^|\s)(?:code|key)=([^\s*"]+)(?=\s|$)/i) };
}

function parseTerm(written) {
  const match = /^([A-Za-z_][\w-]*)(!=|>=|<=|=|>|<|~)(.*)$/.exec(written);
  if (!match) {
    const part = written.replace(/^"|"$/g, "").toLowerCase();
    return (row) => row.text.toLowerCase().includes(part);
  }
  const [, name, operator, raw] = match;
  const wanted = raw.replace(/^"|"$/g, "");
  if (!wanted) throw new FilterError(written, "a value is missing behind the operator");
  const compares = operator.includes("<") || operator.includes(">");
  const number = Number(wanted);
  if (compares && Number.isNaN(number)) throw new FilterError(written, "only a number can be compared");
  const names = NAMES[name.toLowerCase()] ?? [name.toUpperCase()];
  const holds = compares ? comparison(operator, number) : matching(operator, wanted);
  return (row) => {
    for (const name of names) {
      const value = row.value(name);
      if (value !== undefined) return holds(value);
    }
    return operator === "!=";
  };
}

function comparison(operator, number) {
  switch (operator) {
    case ">": return (value) => Number(value) > number;
    case "<": return (value) => Number(value) < number;
    case ">=": return (value) => Number(value) >= number;
    default: return (value) => Number(value) <= number;
  }
}

function matching(operator, wanted) {
  if (operator === "~") return (value) => value.toLowerCase().includes(wanted.toLowerCase());
  const pattern = new RegExp(`^${wanted.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`);
  return operator === "=" ? (value) => pattern.test(value) : (value) => !pattern.test(value);
}
