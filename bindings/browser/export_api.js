// Put behind Emscripten's code, inside the module's function: what its users see. Types are in leadledger_export.d.mts.
//
//   import leadledgerExport from "./leadledger_export.mjs";
//   const { exportRows, exportFileName } = await leadledgerExport();
//   const file = new Blob([exportRows(text, "csv")], { type: "text/csv" });
//   const name = exportFileName(JSON.parse(text), "csv");

/* global Module, HEAPU8 */
function call(name, parts, ...more) {
  const encoder = new TextEncoder();
  const texts = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : part));
  const sizes = texts.map((text) => text.length);
  let at = Module._leadledger_room(sizes.reduce((sum, size) => sum + size, 0));
  for (const text of texts) {
    HEAPU8.set(text, at);
    at += text.length;
  }
  const made = Module[`_leadledger_${name}`](...sizes, ...more);
  const from = Module._leadledger_answer();
  const answer = HEAPU8.slice(from, from + Module._leadledger_answer_size());
  Module._leadledger_forget();
  if (!made) throw new Error(new TextDecoder().decode(answer));
  return answer;
}

/** The local date of the second before `to`: the browser knows the zone, of which the core has no table. */
function lastDay({ to, timezone } = {}) {
  try {
    const parts = new Intl.DateTimeFormat("en-US", {
      timeZone: timezone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    }).formatToParts(Date.parse(to) - 1000);
    const [year, month, day] = ["year", "month", "day"].map(
      (type) => parts.find((p) => p.type === type).value,
    );
    return `${year}-${month}-${day}`;
  } catch {
    return ""; // a zone that this browser does not know, or no time: the core goes on with what it has
  }
}

Module.exportRows = (answer, format, { bom = false } = {}) => call("export_rows", [answer, format], bom);

Module.exportFileName = (answer, format, { onlyProject = "" } = {}) => {
  const { meta } = typeof answer === "string" ? JSON.parse(answer) : answer;
  const parts = [JSON.stringify({ meta }), format, onlyProject, lastDay(meta ?? {})];
  return new TextDecoder().decode(call("export_file_name", parts));
};
