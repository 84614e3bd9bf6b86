// Types as the service's messages name them, and what the operators make of them.
import { refuse } from "./errors.ts";
import type { BinaryOp } from "./tree.ts";

// Array is what topK gives; nothing takes one. Interval is only ever added to a DateTime.
export type Type = "Integer" | "Double" | "String" | "DateTime" | "Boolean" | "Null" | "Array" | "Interval";

export function isNumeric(type: Type): boolean {
  return type === "Integer" || type === "Double";
}

/** Above this a double literal without a fraction counts as an integer. One value is on record
 *  (99999999999999.0 is an integer, 0.0 is not); where the line runs is not, so it is drawn low. */
const integerDoubleLimit = 2 ** 32;

export function isWholeLargeDouble(text: string): boolean {
  const value = Number(text);
  return Number.isSafeInteger(value) && Math.abs(value) > integerDoubleLimit;
}

/** The type of `left op right`, or a refusal. */
export function combine(op: BinaryOp, left: Type, right: Type): Type {
  const result = combined(op, left, right);
  if (result === null) refuse(`cannot combine the ${left} and ${right} types with the ${op} operator`);
  return result;
}

function combined(op: BinaryOp, left: Type, right: Type): Type | null {
  switch (op) {
    case "AND":
    case "OR":
      return left === "Boolean" && right === "Boolean" ? "Boolean" : null;
    case "+":
    case "-":
      if (left === "DateTime" && right === "Interval") return "DateTime";
      return arithmetic(left, right);
    case "*":
    case "%":
      return arithmetic(left, right);
    case "/":
      return arithmetic(left, right) === null ? null : "Double";
    case "=":
    case "!=":
      return isComparable(left, right) || (left === "Boolean" && right === "Boolean") ? "Boolean" : null;
    case "<":
    case ">":
    case "<=":
    case ">=":
      return isComparable(left, right) ? "Boolean" : null;
  }
}

function arithmetic(left: Type, right: Type): Type | null {
  if (!isNumeric(left) || !isNumeric(right)) return null;
  return left === "Integer" && right === "Integer" ? "Integer" : "Double";
}

/** Nothing is converted for a comparison, except that numbers compare with numbers. */
function isComparable(left: Type, right: Type): boolean {
  if (isNumeric(left) && isNumeric(right)) return true;
  return left === right && (left === "String" || left === "DateTime");
}
