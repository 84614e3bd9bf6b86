// The form as a Zod schema: what is wrong with contact fields is told, what is wrong with context is absent.

import { type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { z } from "zod";
import { maxContextBytes, maxValue } from "../shared/tables.ts";
import { cleanBlock, cleanLine, cleanToken, cutBytes, isLonger, trimAscii } from "../shared/text.ts";

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value ?? "");
const within = (most: number) =>
  [
    (value: string) => !isLonger(value, most),
    { error: `At most ${most} characters are allowed here.`, params: { code: "too_long" } },
  ] as const;

const line = (most: number) => text.transform(cleanLine).refine(...within(most));
const tidy = (value: string) => trimAscii(cutBytes(cleanLine(value), maxContextBytes));
// Absent is the usual case, so it must not be an error that is caught.
const contextLine = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? "" : tidy(String(value))))
  .catch("");
const consent = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? "" : tidy(String(value))))
  .catch("");
const address = z
  .string()
  .nullish()
  .transform((value) => cleanLine(value ?? ""))
  .catch("");

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?$/i;
const measure = (name: string) =>
  z
    .union([z.number(), z.string().trim().regex(decimal).transform(Number)])
    .pipe(z.number().min(0))
    .transform((value) => Math.min(value, maxValue[name] as number))
    .optional()
    .catch(undefined);

const mailAddress = z.email();
const email = z
  .string()
  .nullish()
  .transform((value) => cleanToken(value ?? "").toLowerCase())
  .refine(...within(254))
  .refine((value) => value === "" || mailAddress.safeParse(value).success, {
    error: "This is not an e-mail address.",
    params: { code: "invalid_email" },
  });

/** The schema of a project: numbers without a country code are of its default country. */
function makeSchema(country: CountryCode | undefined) {
  return z
    .object({
      name: line(200),
      first_name: line(200),
      last_name: line(200),
      email,
      phone: text.transform(cleanToken).refine(...within(40)),
      company: line(200),
      message: text.transform(cleanBlock).refine(...within(10000)),
      source: contextLine,
      referer: address,
      page: address,
      cta: contextLine,
      utm_source: contextLine,
      utm_medium: contextLine,
      utm_campaign: contextLine,
      utm_term: contextLine,
      utm_content: contextLine,
      gclid: contextLine,
      fbclid: contextLine,
      msclkid: contextLine,
      time_on_page: measure("time_on_page"),
      scroll_depth: measure("scroll_depth"),
      pages_viewed: measure("pages_viewed"),
      form_seconds: measure("form_seconds"),
      consent,
    })
    .transform((form, context) => {
      if (form.email === "" && form.phone === "") {
        for (const name of ["email", "phone"]) {
          const message = "Give an e-mail address or a phone number.";
          context.addIssue({ code: "custom", path: [name], message, params: { code: "required" } });
        }
        return z.NEVER;
      }
      const number = form.phone === "" ? undefined : parsePhoneNumberFromString(form.phone, country);
      if (number?.isPossible()) {
        return { ...form, phone: number.number as string, callingCode: number.countryCallingCode as string };
      }
      if (form.phone !== "" && form.email === "") {
        const message = "This is not a phone number that can be dialled.";
        context.addIssue({ code: "custom", path: ["phone"], message, params: { code: "invalid_phone" } });
        return z.NEVER;
      }
      return { ...form, callingCode: "" };
    });
}

const schemas = new Map<string, ReturnType<typeof makeSchema>>();

export function schemaFor(country: string) {
  let schema = schemas.get(country);
  if (schema === undefined) {
    schema = makeSchema(country === "" ? undefined : (country as CountryCode));
    schemas.set(country, schema);
  }
  return schema;
}

export type Fields = z.output<ReturnType<typeof makeSchema>>;

export function callingCodeOf(country: string): string {
  try {
    return getCountryCallingCode(country as CountryCode);
  } catch {
    return "";
  }
}
