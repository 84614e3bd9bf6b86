// The arguments of a tool become query parameters. Whether a value is allowed, the core says.

import type { InvalidParam } from "../../../build/generated/schema.ts";
import type { Json, Property, Tool } from "./tool.ts";

export interface Fault {
  name: string;
  reason: string;
  code: InvalidParam;
}

export interface Arguments {
  /** By argument. */
  values: Map<string, string>;
  /** Of arguments that are objects: name and value of each parameter, by argument. */
  parameters: Map<string, [name: string, value: string][]>;
  faults: Fault[];
}

const isObject = (value: Json): value is { [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isScalar = (value: Json): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

const isList = (value: Json): value is (string | number | boolean)[] =>
  Array.isArray(value) && value.length > 0 && value.every(isScalar);

/** Several values as one text. A comma within one of them is its own, unless it is written so already. */
const joined = (values: (string | number | boolean)[]) =>
  values
    .map((value) => String(value).replace(/\\.|,/gs, (found) => (found === "," ? "\\," : found)))
    .join(",");

const oneOrMore = "It is a text, a number, true or false, or a list of those, which is not empty.";

const list = (names: string[]) => (names.length > 0 ? `Allowed are ${names.join(", ")}.` : "It takes none.");

const unknown = (name: string, allowed: string[]): Fault => ({
  name,
  reason: `There is no such argument here. ${list(allowed)}`,
  code: "unknown",
});

const badType = (name: string, reason: string): Fault => ({ name, reason, code: "wrong_type" });

function readParameters(
  argument: string,
  known: Record<string, unknown>,
  given: { [name: string]: Json },
  out: Arguments,
): void {
  const parameters: [string, string][] = [];
  for (const [name, value] of Object.entries(given)) {
    const whole = `${argument}.${name}`;
    if (!Object.hasOwn(known, name)) out.faults.push(unknown(whole, Object.keys(known)));
    else if (isScalar(value)) parameters.push([name, String(value)]);
    else if (isList(value)) parameters.push([name, joined(value)]);
    else out.faults.push(badType(whole, oneOrMore));
  }
  out.parameters.set(argument, parameters);
}

function readOne(name: string, property: Property, value: Json, out: Arguments): void {
  if (property.properties !== undefined) {
    if (isObject(value)) readParameters(name, property.properties, value, out);
    else out.faults.push(badType(name, "It is an object."));
  } else if (isScalar(value)) {
    out.values.set(name, String(value));
  } else if (isList(value)) {
    out.values.set(name, value.join(","));
  } else {
    out.faults.push(badType(name, oneOrMore));
  }
}

/** An argument that is null was not given. */
export function readArguments({ definition }: Tool, given: { [name: string]: Json }): Arguments {
  const { properties, required } = definition.inputSchema;
  const out: Arguments = { values: new Map(), parameters: new Map(), faults: [] };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(properties, name)) out.faults.push(unknown(name, Object.keys(properties)));
    else if (value !== null) readOne(name, properties[name] as Property, value, out);
  }
  for (const name of required) {
    if (!out.values.has(name) && !out.faults.some((fault) => fault.name === name)) {
      out.faults.push({ name, reason: "It is needed.", code: "required" });
    }
  }
  return out;
}
