/** Files made of an answer of `GET /analytics/lead-stats`, by the very code with which the Worker writes them. */
export interface LeadledgerExport {
  /**
   * The bytes that the server gives for the same question as CSV or NDJSON, with the counts of this answer: a view that
   * is shown is exported without another request.
   *
   * `answer` is the JSON text as it came; parsed and made text again, counts beyond 2^53 would be others. `bom` puts a
   * byte order mark in front, by which Excel knows UTF-8, and goes with CSV only. Throws an Error whose message is a
   * sentence: what is no such answer (a summary is none), counts that do not add up, more than `max_export_bytes`.
   */
  exportRows(
    answer: string | Uint8Array,
    format: "csv" | "ndjson",
    options?: { bom?: boolean },
  ): Uint8Array<ArrayBuffer>;

  /**
   * What the server calls that file. `answer` is its text, or what was parsed of it; the meta is enough. `onlyProject` is the project of
   * a key that reaches only one (`projects` of the session has one, and it is not all), which no answer tells. Throws
   * an Error where meta is none.
   */
  exportFileName(
    answer: string | { meta: object },
    format: "json" | "csv" | "ndjson",
    options?: { onlyProject?: string },
  ): string;
}

/** What Emscripten's modules may be given. */
export interface ModuleOptions {
  /** Where the host cannot fetch leadledger_export.wasm from beside this module: its bytes. */
  wasmBinary?: Uint8Array;
  /** Where that file lies elsewhere: its URL. */
  locateFile?(name: string, folder: string): string;
  /** Where the host has compiled it: makes the instance, hands it over, and returns its exports. */
  instantiateWasm?(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ): WebAssembly.Exports;
}

export default function leadledgerExport(options?: ModuleOptions): Promise<LeadledgerExport>;
