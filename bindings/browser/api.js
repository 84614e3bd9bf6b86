// Put behind Emscripten's code, inside the module's function: what its users see. Types are in leadledger_browser.d.mts.
//
//   import leadledger from "./leadledger_browser.mjs";
//   const { checkForm } = await leadledger();
//   checkForm('{"default_country":"IN"}', "application/json", '{"email":"ada@"}'); // a JSON text

/* global Module, HEAPU8, _malloc, _free */
function call(name, parts) {
  const encoder = new TextEncoder();
  const texts = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : part));
  const sizes = texts.map((text) => text.length);
  const address = _malloc(sizes.reduce((sum, size) => sum + size, 1));
  if (address === 0) throw new RangeError("out of memory");
  let at = address;
  for (const text of texts) {
    HEAPU8.set(text, at);
    at += text.length;
  }
  Module[`_leadledger_${name}`](address, ...sizes);
  _free(address);
  const from = Module._leadledger_answer();
  return new TextDecoder().decode(HEAPU8.subarray(from, from + Module._leadledger_answer_size()));
}

Module.checkForm = (settings, contentType, body) => call("check", [settings, contentType, body]);
Module.explain = (input, body) => call("explain", [input, body]);
