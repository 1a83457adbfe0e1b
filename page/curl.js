// A request of the journal as a command, and as a rule of a scenario.

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The command that sends it again. Masked secrets stay masked: the journal does not have them. */
export function curl(entry, origin) {
  const parameters = Object.entries(entry.parameters ?? {});
  const isGet = entry.method === "GET";
  const query = isGet && parameters.length ? `?${new URLSearchParams(parameters)}` : "";
  const skipped = new Set(["host", "content-length", "connection", "accept-encoding"]);
  const headers = Object.entries(entry.headers ?? {}).filter(([name]) => !skipped.has(name.toLowerCase()));
  return [
    `curl -X ${entry.method} ${quoted(origin + entry.path + query)}`,
    ...headers.map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`),
    ...(!isGet && parameters.length ? [`  -d ${quoted(JSON.stringify(Object.fromEntries(parameters)))}`] : []),
  ].join(" \\\n");
}

/** The rule that answers such requests otherwise. */
export function answerRule(entry, answer) {
  const names = Object.entries(entry.parameters ?? {}).filter(([, value]) => value !== "" && value !== "***");
  const request = { method: entry.method, path: entry.path };
  if (entry.tr_id) request.tr_id = entry.tr_id;
  if (names.length) request.parameters = Object.fromEntries(names);
  return { name: `answer ${entry.path.split("/").at(-1)} differently`, when: { request }, do: [{ answer }] };
}
