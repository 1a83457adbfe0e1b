// What a data message says: `0|H0STCNT0|001|005930^…`. Nothing here draws or fetches.

/** Takes a message apart.
 *  `layout` is what /catalogue/{tr_id} answers; without it values have no names.
 *  `broken` says where it stops making sense: the index in the text, and why. */
export function decode(text, layout) {
  const frame = { text, flag: "", tr: "", count: "", key: "", records: [], broken: null };
  const bars = [];
  for (let index = 0; index < text.length && bars.length < 3; index++) if (text[index] === "|") bars.push(index);
  if (bars.length < 3) {
    if (!text.startsWith("{")) frame.broken = { at: text.length, why: `${bars.length} of 3 bars` };
    return frame;
  }
  frame.flag = text.slice(0, bars[0]);
  frame.tr = text.slice(bars[0] + 1, bars[1]);
  frame.count = text.slice(bars[1] + 1, bars[2]);
  const payload = text.slice(bars[2] + 1);
  if (frame.flag !== "0" && frame.flag !== "1") frame.broken = { at: 0, why: "flag" };
  const count = Number(frame.count);
  if (!/^\d+$/.test(frame.count) || count < 1) {
    frame.broken ??= { at: bars[1] + 1, why: "count" };
    return frame;
  }
  const values = payload.split("^");
  frame.key = values[0];
  // What is still encrypted has no values.
  if (frame.flag === "1" && values.length === 1) return { ...frame, key: "", sealed: true };
  const width = layout?.width || Math.floor(values.length / count) || 1;
  for (let start = 0; start < values.length; start += width) frame.records.push(values.slice(start, start + width));
  const wanted = width * count;
  if (values.length !== wanted) {
    const index = Math.min(values.length, wanted);
    const at = bars[2] + 1 + values.slice(0, index).join("^").length + (values.length > wanted ? 1 : 0);
    frame.broken ??= { at, why: `${values.length} ≠ ${count} × ${width}`, value: index };
  }
  return frame;
}

/** The value of a name in the last record of a frame; undefined when it has none. */
export function valueOf(frame, name, layout) {
  const index = layout ? (layout.index ??= new Map(layout.fields.map((field, index) => [field.name, index]))).get(name) : undefined;
  return index === undefined ? undefined : frame.records.at(-1)?.[index];
}

/** The records of a frame as rows: Korean name, KIS's name, value, and whether it differs from the record before. */
export function rows(frame, layout, before) {
  return frame.records.map((values, number) => {
    const earlier = number > 0 ? frame.records[number - 1] : before?.records.at(-1);
    const length = Math.max(values.length, layout?.width ?? 0);
    return Array.from({ length }, (_, index) => ({
      korean: layout?.fields[index]?.korean ?? "", name: layout?.fields[index]?.name ?? `#${index + 1}`,
      value: values[index], before: earlier?.[index],
      changed: earlier !== undefined && earlier[index] !== values[index],
    }));
  });
}

/** A line of the values that people look at first. */
export function summary(frame, layout) {
  if (frame.sealed) return frame.text.slice(0, 120);
  const values = frame.records.at(-1);
  if (!values) return frame.text;
  const wanted = ["STCK_PRPR", "PRPR_NMIX", "PRDY_VRSS", "PRDY_CTRT", "CNTG_VOL", "ACML_VOL", "ASKP1", "BIDP1", "CNTG_QTY", "CNTG_UNPR", "ODER_NO"];
  const found = wanted.map((name) => [layout?.fields.find((field) => field.name === name)?.korean ?? name, valueOf(frame, name, layout)]).filter(([, value]) => value !== undefined);
  return found.length ? found.map(([name, value]) => `${name} ${value}`).join("  ") : values.slice(0, 12).join("  ");
}
