// Phone numbers into E.164 by calling codes, prefixes and lengths: a table made once from libphonenumber's metadata.

import metadata from "libphonenumber-js/metadata.min.json";
import { cleanToken } from "../shared/text.ts";

interface Country {
  code: string;
  international: string;
  national: string;
  lengths: number;
}
interface Plan {
  code: string;
  national: string;
  lengths: number;
}

const countries = new Map<string, Country>();
const plans = new Map<string, Plan>();
const digitsOnly = (text: unknown) => (typeof text === "string" && /^\d+$/.test(text) ? text : "00");

for (const [name, data] of Object.entries(
  metadata.countries as unknown as Record<string, unknown[]>,
).sort()) {
  const code = String(data[0]);
  const lengths = (data[3] as number[]).reduce((mask, length) => mask | (1 << length), 0);
  const national = String(data[5] || "");
  countries.set(name, { code, international: digitsOnly(data[1]), national, lengths });
  const plan = plans.get(code);
  if (plan === undefined) plans.set(code, { code, national, lengths });
  else {
    plan.lengths |= lengths;
    plan.national ||= national;
  }
}

export interface Phone {
  e164: string;
  code: string;
}

export const callingCodeOf = (country: string) => countries.get(country)?.code ?? "";

const isPossible = (lengths: number, digits: number) => digits < 32 && ((lengths >> digits) & 1) === 1;

const findPlan = (digits: string) =>
  plans.get(digits.slice(0, 2)) ?? plans.get(digits.slice(0, 1)) ?? plans.get(digits.slice(0, 3));

function compose(plan: Plan, digits: string, lengths: number): Phone | undefined {
  let number = digits;
  const prefix = plan.national;
  while (prefix !== "" && number.startsWith(prefix)) {
    const rest = number.length - prefix.length;
    if (!isPossible(plan.lengths, rest) || (prefix !== "0" && isPossible(plan.lengths, number.length))) break;
    number = number.slice(prefix.length);
  }
  if (!isPossible(lengths, number.length) || plan.code.length + number.length > 15) return undefined;
  return { e164: `+${plan.code}${number}`, code: plan.code };
}

function international(digits: string): Phone | undefined {
  const plan = findPlan(digits);
  return plan && compose(plan, digits.slice(plan.code.length), plan.lengths);
}

const shape = /^(\+?)((?:[\s\d./()-]|[\u2010-\u2015\u2212])*)((?:x|ext|#|;|,).*)?$/;

export function parsePhone(text: string, country: string): Phone | undefined {
  const cleaned = cleanToken(text).toLowerCase();
  const match = shape.exec(
    cleaned.startsWith("tel:") ? cleaned.slice(4).trim() : cleaned.replace(/^[\s(]+\+/, "+"),
  );
  if (match === null) return undefined;
  const [, plus = "", body = "", extension] = match;
  let digits = body.replace(/\D+/g, "");
  if (digits === "" || digits.length > 24 || (extension !== undefined && digits.length < 5)) return undefined;
  const own = countries.get(country);
  const prefix = own?.international ?? "00";
  const isInternational = plus !== "" || digits.startsWith(prefix);
  const zero = isInternational ? body.indexOf("(0)") : -1;
  if (zero > 0) {
    // The zero is for callers within the country.
    const before = body.slice(0, zero).replace(/\D+/g, "");
    const plan = findPlan(plus !== "" ? digits : digits.slice(prefix.length));
    if (plan?.national === "0" && before !== "") digits = before + digits.slice(before.length + 1);
  }
  if (plus !== "") return international(digits);
  if (digits.startsWith(prefix)) {
    const phone = international(digits.slice(prefix.length));
    if (phone) return phone;
  }
  const plan = own && plans.get(own.code);
  if (own && plan) {
    const rest = digits.length - own.code.length;
    const ownCode = digits.startsWith(own.code) && isPossible(own.lengths, rest);
    if (ownCode && (rest >= 10 || !isPossible(own.lengths, digits.length))) {
      const phone = compose(plan, digits.slice(own.code.length), own.lengths);
      if (phone) return phone;
    }
    const phone = compose(plan, digits, own.lengths);
    if (phone) return phone;
  }
  return digits.startsWith("00") ? international(digits.slice(2)) : undefined;
}
