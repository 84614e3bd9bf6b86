// The API's description: schema/openapi.yaml and schema/openapi/ become one OpenAPI 3.1 document, in which nothing is left
// of their short forms.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { problemResponses } from "./openapi_problems.mjs";
import { dimensionFilters, enumerations, limits, others } from "./openapi_words.mjs";
import { countNames } from "./reports.mjs";

const folder = fileURLToPath(new URL("..", import.meta.url));
const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const jsonTypes = ["string", "integer", "number", "boolean", "object", "array", "null"];

const read = (name) => parse(readFileSync(join(folder, name), "utf8"), { merge: true, maxAliasCount: -1 });

/** Joins what two files say of the same path or kind of component; both saying the same thing is a mistake. */
function merge(into, from, where) {
  for (const [key, value] of Object.entries(from)) {
    const both = key in into;
    if (both && (where.length > 2 || typeof value !== "object" || Array.isArray(value))) {
      throw new Error(`schema/openapi: ${[...where, key].join(" ")} stands twice`);
    }
    if (both) merge(into[key], value, [...where, key]);
    else into[key] = value;
  }
}

function sources() {
  const whole = { paths: {}, ...read("openapi.yaml") };
  for (const name of readdirSync(join(folder, "openapi")).sort()) {
    const { paths = {}, components = {} } = read(join("openapi", name));
    merge(whole, { paths, components }, []);
  }
  return whole;
}

/** Two answers of one status, which differ in their type. */
const bothOf = (one, other) => ({
  description: `${one.description}\n\n${other.description}`,
  headers: { ...other.headers, ...one.headers },
  content: { ...one.content, ...other.content },
});

class Description {
  constructor() {
    this.words = enumerations();
    this.limits = limits();
    this.exchanges = [];
  }

  word(name) {
    const value = this.words[name] ?? others[name]?.();
    if (value === undefined) throw new Error(`schema/openapi: there are no words ${name}`);
    return structuredClone(value);
  }

  limit(name) {
    const value = this.limits.get(name);
    if (value === undefined) throw new Error(`schema/openapi: there is no limit ${name}`);
    return value;
  }

  /** Numbers and words in the place of their names, everywhere. */
  filled(value) {
    if (typeof value === "string") {
      const [, kind, name] = /^(limit|words):(\w+)$/.exec(value) ?? [];
      if (name === "dimension_filters") return value;
      if (kind === "limit") return this.limit(name);
      if (kind === "words") return this.word(name);
      return value.replace(/\{limit:(\w+)\}/g, (_, of) => this.limit(of).toLocaleString("en"));
    }
    if (Array.isArray(value)) return value.map((item) => this.filled(item));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.filled(item)]));
  }

  /** One word: a type or a component; with ? it may be null. */
  named(text) {
    const name = text.replace(/\?$/, "");
    const nullable = name !== text;
    const type = name === "text" ? "string" : name;
    if (jsonTypes.includes(type)) return { type: nullable ? [type, "null"] : type };
    const ref = { $ref: `#/components/schemas/${name}` };
    return nullable ? { oneOf: [ref, { type: "null" }] } : ref;
  }

  schema(of) {
    if (typeof of === "string") return this.named(of);
    const { "x-counts": counts, "x-optional": optional = [], "x-open": open, ...out } = of;
    const { "x-each": each, "x-dimensions": dimension } = out;
    delete out["x-each"];
    delete out["x-dimensions"];
    if (Array.isArray(out.enum) && !this.isOfOurWords(out.enum)) this.refuse(out.enum);
    if (each) out.properties = Object.fromEntries(out.properties.map((name) => [name, each]));
    if (dimension) for (const name of this.word("dimension")) out.properties[name] = dimension;
    if (counts) for (const name of countNames()) out.properties[name] = counts;
    if (out.properties) {
      out.properties = this.schemas(out.properties);
      if (!open) {
        out.required = Object.keys(out.properties).filter((name) => !optional.includes(name));
        out.additionalProperties ??= false;
      }
    }
    if (out.items) out.items = this.schema(out.items);
    for (const key of ["oneOf", "anyOf", "allOf"]) {
      if (out[key]) out[key] = out[key].map((item) => this.schema(item));
    }
    return out;
  }

  schemas(schemas) {
    return Object.fromEntries(Object.entries(schemas).map(([name, item]) => [name, this.schema(item)]));
  }

  /** Whether a list is one of the words' own. */
  isOfOurWords(list) {
    return Object.values(this.words).some((words) => words.join() === list.join());
  }

  /** An enumeration that is written by hand holds nothing that schema/*.json lists. */
  refuse(list) {
    for (const [name, words] of Object.entries(this.words)) {
      if (name === "problem" || name === "invalid_param") continue;
      const shared = list.filter((value) => words.includes(value));
      if (shared.length > 1) {
        throw new Error(`schema/openapi: ${shared.join(" and ")} are written by hand: use words:${name}`);
      }
    }
  }

  parameter(of) {
    if (typeof of !== "string") return [{ ...of, schema: this.schema(of.schema) }];
    if (of === "words:dimension_filters") {
      return dimensionFilters().map(({ name }) => ({ $ref: `#/components/parameters/filter_${name}` }));
    }
    return [{ $ref: `#/components/parameters/${of}` }];
  }

  content(of) {
    return Object.fromEntries(
      Object.entries(of).map(([type, { schema }]) => [type, { schema: this.schema(schema) }]),
    );
  }

  /** Headers by name: true is always there, false sometimes. Components are those that always are. */
  headers(of) {
    return Object.fromEntries(
      Object.entries(of).map(([name, always]) => [
        name,
        always ? { $ref: `#/components/headers/${name}` } : this.header(this.source.components.headers[name]),
      ]),
    );
  }

  header(of) {
    return { ...of, schema: this.schema(of.schema) };
  }

  response({ description, json, content, headers = {} }, more) {
    const common = { "X-Request-Id": true, "X-Content-Type-Options": true, "Cache-Control": true };
    const out = { description, headers: this.headers({ ...common, ...more, ...headers }) };
    const body = json ? { "application/json": { schema: json } } : content;
    if (body) out.content = this.content(body);
    return out;
  }

  operation(of, path, method, shared) {
    const key = of["x-key"];
    const more = Object.fromEntries((of["x-headers"] ?? []).map((name) => [name, false]));
    const responses = Object.fromEntries(
      Object.entries(of.responses).map(([status, response]) => [status, this.response(response, more)]),
    );
    for (const [status, found] of problemResponses(of, method, more)) {
      const problem = { ...found, headers: this.headers(found.headers) };
      responses[status] = responses[status] ? bothOf(responses[status], problem) : problem;
    }
    const needs = { admin: "Needs an admin key.", marketing: "Needs a marketing or an admin key." }[key];
    const out = {
      operationId: of.operationId,
      tags: of.tags,
      summary: of.summary,
      description: [of.description.trim(), needs].filter(Boolean).join("\n\n"),
      security: this.security(of),
    };
    const parameters = [...shared, ...(of.parameters ?? [])].flatMap((one) => this.parameter(one));
    if (parameters.length > 0) out.parameters = parameters;
    if (of.requestBody) {
      const { required, json, content = { "application/json": { schema: json } } } = of.requestBody;
      out.requestBody = { required, content: this.content(content) };
    }
    out.responses = responses;
    for (const [name, exchange] of Object.entries(of["x-exchanges"] ?? {})) {
      this.exchange(out, { operation: of.operationId, method, template: path, name, key }, exchange);
    }
    return out;
  }

  security({ "x-key": key, "x-by-key-only": keyOnly, "x-by-session": session }) {
    const byKey = [{ bearer: [] }, { header: [] }];
    if (session) return [{ session: [] }, {}];
    if (key === "anyone") return [];
    if (key === "optional") return [{}, ...byKey, { session: [] }];
    return keyOnly ? byKey : [...byKey, { session: [] }];
  }

  /** A request with its answer, as the examples of the parameters, the body and the response, all of one name. */
  exchange(operation, where, of) {
    const { name } = where;
    const { as = "application/json", status, answer, body } = of;
    // What is refused is no example of what to send.
    if (body !== undefined && status < 400) {
      const media = operation.requestBody.content[as];
      media.examples = { ...media.examples, [name]: { value: body } };
    }
    const response = operation.responses[status];
    if (!response) throw new Error(`schema/openapi: ${operation.operationId} has no answer ${status}`);
    if (answer !== undefined) {
      const media = response.content["application/json"] ?? response.content["application/problem+json"];
      media.examples = { ...media.examples, [name]: { value: answer } };
    }
    this.exchanges.push({ ...where, ...of });
  }

  make() {
    this.source = this.filled(sources());
    const { paths, components, ...rest } = this.source;
    const out = { ...rest, paths: {}, components: { ...components } };
    for (const [path, item] of Object.entries(paths)) {
      out.paths[path] = {};
      for (const method of methods) {
        if (!item[method]) continue;
        out.paths[path][method] = this.operation(item[method], path, method, item.parameters ?? []);
      }
    }
    out.components.schemas = this.schemas(components.schemas);
    const used = JSON.stringify(out.paths);
    out.components.headers = Object.fromEntries(
      Object.entries(components.headers)
        .filter(([name]) => used.includes(`#/components/headers/${name}"`))
        .map(([name, header]) => [name, { ...this.header(header), required: true }]),
    );
    out.components.parameters = Object.fromEntries(
      [
        ...Object.entries(components.parameters),
        ...dimensionFilters().map((one) => [`filter_${one.name}`, one]),
      ].map(([name, one]) => [name, this.parameter(one)[0]]),
    );
    return out;
  }
}

/** The document, and the exchanges that tests send. */
export function describeApi() {
  const description = new Description();
  const document = description.make();
  return { document, exchanges: description.exchanges };
}

const asJson = (value) => `${JSON.stringify(value, null, 1)}\n`;
export const openapiJson = () => asJson(describeApi().document);
export const openapiExchanges = () => asJson(describeApi().exchanges);
