// Makes build/openapi/validators.mjs: what checks answers against the API's description, as code of its own, for the Workers
// runtime makes no functions of text. Called by the suites' configurations.
import { createHash } from "node:crypto";
import Ajv from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";
import { buildSync } from "esbuild";
import { describeApi } from "../../schema/generator/openapi.mjs";
import { readText, writeIfChanged } from "../../scripts/lib/files.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";

const pointer = (...parts) =>
  `#/${parts.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
const fragment = (...parts) => encodeURI(pointer(...parts)).replaceAll("%23", "#");

/** Routes with the names of their answers' validators, and the schema that each name stands for. */
function routesOf(document) {
  const validators = new Map(); // reference → name
  const nameOf = (reference) => {
    if (!validators.has(reference)) validators.set(reference, `v${validators.size}`);
    return validators.get(reference);
  };
  const header = (name, of, where) => {
    const shared = of.$ref !== undefined;
    const { required = false } = shared ? document.components.headers[name] : of;
    const schema = shared ? fragment("components", "headers", name, "schema") : fragment(...where, "schema");
    return { required, validator: nameOf(schema) };
  };
  const answer = (of, where) => ({
    types: Object.fromEntries(
      Object.keys(of.content ?? {}).map((type) => [
        type,
        nameOf(fragment(...where, "content", type, "schema")),
      ]),
    ),
    headers: Object.fromEntries(
      Object.entries(of.headers).map(([name, one]) => [
        name.toLowerCase(),
        header(name, one, [...where, "headers", name]),
      ]),
    ),
  });
  const routes = Object.entries(document.paths).map(([path, item]) => ({
    path,
    methods: Object.fromEntries(
      Object.entries(item).map(([method, operation]) => [
        method.toUpperCase(),
        Object.fromEntries(
          Object.entries(operation.responses).map(([status, one]) => [
            status,
            answer(one, ["paths", path, method, "responses", status]),
          ]),
        ),
      ]),
    ),
  }));
  return { routes, validators, problem: nameOf(fragment("components", "schemas", "Problem")) };
}

export function buildValidators() {
  const { document } = describeApi();
  const path = inRoot("build/openapi/validators.mjs");
  const made = `// of ${createHash("sha256").update(JSON.stringify(document)).digest("hex")}\n`;
  if (readText(path)?.startsWith(made)) return;
  const { routes, validators, problem } = routesOf(document);
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  addFormats(ajv);
  ajv.addSchema(document, "openapi", undefined, false);
  const exported = {};
  for (const [reference, name] of validators) {
    ajv.addSchema({ $id: name, $ref: `openapi${reference}` });
    exported[name] = name;
  }
  const code = `${standalone(ajv, exported)}
export const routes = ${JSON.stringify(routes)};
export const problem = ${JSON.stringify(problem)};
`;
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: inRoot("."), loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
  });
  writeIfChanged(path, made + outputFiles[0].text);
}
