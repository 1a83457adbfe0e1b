// KIS's names, fetched once each.

const names = new Map(), layouts = new Map();

export async function loadNames(api) {
  for (const { tr_id, name } of (await api.get("/catalogue")).transactions) names.set(tr_id, name);
}

export const nameOf = (tr) => names.get(tr) ?? "";

/** The layout of a TR as far as it is known; `arrived` is called when one has come. */
export function layoutOf(api, tr, arrived = () => {}) {
  const key = `${api.sandbox} ${tr}`;
  const known = layouts.get(key);
  if (known !== undefined) return known ?? undefined;
  // Before the names have come nobody knows which TRs there are.
  if (!names.size) return undefined;
  layouts.set(key, null);
  if (names.has(tr)) api.get(`/catalogue/${encodeURIComponent(tr)}`).then((layout) => {
    layouts.set(key, layout);
    arrived();
  }, () => {});
  return undefined;
}
