/** The pure part of intake for pages: the very code that the Worker runs. Answers are JSON texts. */
export interface Leadledger {
  /**
   * Validates a form's body by the settings of its project, a JSON object as the admin API has it: `{"ok":true}`, or
   * `{"error":{"code","detail","fields":[{"name","reason","code"}]}}`.
   */
  checkForm(settings: string, contentType: string, body: string | Uint8Array): string;

  /** The whole verdict, the data point and the normalised submission; `input` is described in core/intake/explain.hpp. */
  explain(input: string, body: string | Uint8Array): string;
}

/** `wasmBinary` where the host cannot fetch leadledger_browser.wasm from beside this module. */
export default function leadledger(options?: { wasmBinary?: Uint8Array }): Promise<Leadledger>;
