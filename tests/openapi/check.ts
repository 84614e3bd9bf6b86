/// <reference path="./validators.d.ts" />
/** Every answer of the API is one that its description tells of: path, method, status, headers, type and shape. */
import * as made from "../../build/openapi/validators.mjs";

export interface Given {
  method: string;
  /** With the query, as it was asked for. */
  path: string;
  status: number;
  headers: Headers;
  text: string;
}

/** What every HTTP answer may have, and what the runtime's own server adds. */
const everywhere = [
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "date",
  "keep-alive",
  "server",
  "transfer-encoding",
];

interface Validate {
  (value: unknown): boolean;
  errors?: { instancePath: string; message?: string; params: Record<string, unknown> }[] | null;
}
/** Validators by their names: of types, and of headers. */
interface Documented {
  types: Record<string, string>;
  headers: Record<string, { required: boolean; validator: string }>;
}
interface Route {
  path: string;
  methods: Record<string, Record<string, Documented>>;
}

const validators = made as unknown as Record<string, Validate>;
const routes = made.routes as unknown as Route[];
const problemValidator: string = made.problem;

function matches(route: string, path: string): boolean {
  const [wanted, given] = [route.split("/"), path.split("/")];
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith("{") ? given[at] !== "" : part === given[at]))
  );
}

/** A path without a variable comes before one with. */
export function routeOf(path: string): Route | undefined {
  const found = routes.filter((route) => matches(route.path, path));
  return found.find((route) => !route.path.includes("{")) ?? found[0];
}

function faultsOf(value: unknown, name: string, where = ""): string[] {
  const validate = validators[name] as Validate;
  if (validate(value)) return [];
  const seen = new Set<string>();
  for (const { instancePath, message, params } of validate.errors ?? []) {
    const at = instancePath
      .split("/")
      .slice(1)
      .reduce<unknown>((of, key) => (of as Record<string, unknown> | undefined)?.[key], value);
    const shown = JSON.stringify(at)?.slice(0, 160);
    seen.add(`${where}${instancePath || "/"}: ${message} ${JSON.stringify(params)}, but it is ${shown}`);
  }
  return [...seen];
}

function bodyFaults(type: string, name: string, text: string): string[] {
  if (type === "application/x-ndjson") {
    const lines = text.split("\n");
    const end = lines.pop();
    return [
      ...(end === "" ? [] : ["the last line has no end"]),
      ...lines.flatMap((line, at) => faultsOf(JSON.parse(line), name, `line ${at + 1} `)),
    ];
  }
  return faultsOf(/json$/.test(type) ? JSON.parse(text) : text, name);
}

function answerFaults({ method, status, headers, text }: Given, answers: Route["methods"][string]): string[] {
  const answer = answers[status];
  if (answer === undefined) return [`the status is not documented; ${Object.keys(answers).join(", ")} are`];
  const faults: string[] = [];
  for (const [name, { required, validator }] of Object.entries(answer.headers)) {
    const value = headers.get(name);
    if (value !== null) faults.push(...faultsOf(value, validator, `header ${name} `));
    else if (required) faults.push(`the header ${name} is missing`);
  }
  for (const [name] of headers) {
    if (!(name in answer.headers) && !everywhere.includes(name)) {
      faults.push(`the header ${name} is not documented`);
    }
  }
  const types = Object.keys(answer.types);
  const type = headers.get("content-type")?.replace(/;.*$/, "").trim() ?? "";
  if (types.length === 0 && text !== "")
    faults.push(`there should be no body, but there is ${text.slice(0, 160)}`);
  if (types.length === 0 && type !== "") faults.push(`the type ${type} is not documented: there is no body`);
  if (types.length > 0 && !types.includes(type)) {
    faults.push(`the type is ${type || "none"}; documented are ${types.join(", ")}`);
  } else if (types.length > 0 && (text !== "" || method !== "HEAD")) {
    faults.push(...bodyFaults(type, answer.types[type] as string, text));
  }
  return faults;
}

/** What is told in one way wherever there is no operation: no such path, no such method. */
function refusedFaults({ method, status, headers, text }: Given, code: string, wanted: number): string[] {
  if (status !== wanted) return [`there is no such operation, so the status should be ${wanted}`];
  if (method === "HEAD") return [];
  if (!headers.get("content-type")?.startsWith("application/problem+json")) return ["it is no problem+json"];
  const problem = JSON.parse(text) as { code: string };
  const faults = faultsOf(problem, problemValidator);
  return problem.code === code ? faults : [...faults, `the code is ${problem.code}, not ${code}`];
}

function faults(given: Given): string[] {
  const path = given.path.replace(/[?#].*$/, "");
  const route = routeOf(path);
  if (route === undefined) return refusedFaults(given, "not_found", 404);
  const answers = route.methods[given.method === "HEAD" ? "GET" : given.method];
  if (answers !== undefined) return answerFaults(given, answers);
  const documented = Object.keys(route.methods);
  const allow = [...documented, ...(documented.includes("GET") ? ["HEAD"] : [])].sort().join();
  const told = given.headers.get("allow")?.split(", ").sort().join();
  return [
    ...refusedFaults(given, "method_not_allowed", 405),
    ...(told === allow ? [] : [`Allow is ${told}; documented are ${allow}`]),
  ];
}

/** Fails where the answer is not as the API's description says. */
export function checkAnswer(given: Given): void {
  const found = faults(given);
  if (found.length === 0) return;
  const shown = found.slice(0, 12).map((fault) => `\n  ${fault}`);
  throw new Error(
    `schema/openapi does not tell of this answer to ${given.method} ${given.path}: ${given.status}${shown.join("")}\n` +
      `  The answer: ${given.text.slice(0, 400)}`,
  );
}
