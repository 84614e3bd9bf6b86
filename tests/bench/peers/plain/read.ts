// A decoded body as a submission: every field looked at once, by hand.

import { channelOf } from "../shared/channel.ts";
import { type Body, readForm, wholeName } from "../shared/form.ts";
import { maxChars, maxContextBytes, maxValue } from "../shared/tables.ts";
import { cleanBlock, cleanLine, cleanToken, cutBytes, isLonger, trimAscii } from "../shared/text.ts";
import type { Context, FieldFault, Submission } from "../shared/types.ts";
import { parsePhone } from "./phone.ts";

const email =
  /^(?!\.)(?!.*\.\.)[a-z0-9!#$%&'*+\-/=?^_`{|}~.\x80-\uffff]{1,64}(?<!\.)@(?:[a-z0-9\x80-\uffff](?:[a-z0-9\x80-\uffff-]{0,61}[a-z0-9\x80-\uffff])?\.)+(?!\d+$)[a-z0-9\x80-\uffff](?:[a-z0-9\x80-\uffff-]{0,61}[a-z0-9\x80-\uffff])$/;

interface Address {
  text: string;
  host: string;
  path: string;
  query: string;
}
const nowhere: Address = { text: "", host: "", path: "", query: "" };
const webAddress = /^(?:(?:https?:)?\/\/([^/\\?#]*)|(?=\/))([^?#]*)(?:\?([^#]*))?/i;
const authority = /^(?:.*@)?(\[[0-9a-f:.]+\]|[\w.\x80-\uffff-]+?)\.?(?::(\d{1,5}))?$/i;

function readAddress(value: unknown): Address {
  if (typeof value !== "string") return nowhere;
  const text = cleanLine(value);
  const match = webAddress.exec(text);
  if (match === null) return nowhere;
  const path = match[2] || "/";
  const query = match[3] ?? "";
  if (match[1] === undefined) return { text, host: "", path, query };
  const name = authority.exec(match[1])?.[1]?.toLowerCase();
  if (name === undefined || name.startsWith(".") || name.includes("..")) return nowhere;
  return { text, host: name.startsWith("www.") ? name.slice(4) : name, path, query };
}

function line(value: unknown): string {
  if (typeof value === "string") return value === "" ? "" : cleanLine(value);
  return typeof value === "number" ? String(value) : "";
}

const contextText = (value: unknown) => trimAscii(cutBytes(line(value), maxContextBytes));

function decodePart(raw: string): string {
  if (!raw.includes("%") && !raw.includes("+")) return raw;
  try {
    return decodeURIComponent(raw.replaceAll("+", " "));
  } catch {
    return raw;
  }
}

const tags = [
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
  "gclid",
  "fbclid",
  "msclkid",
] as const;
const tagOf = new Map<string, (typeof tags)[number]>(tags.map((tag) => [tag.replaceAll("_", ""), tag]));

/** Puts the tags of a query where nothing stands yet. */
function takeTags(context: Context, query: string): void {
  if (query === "") return;
  for (const pair of query.split("&")) {
    const equals = pair.indexOf("=");
    if (equals <= 0) continue;
    const tag = tagOf.get(
      pair
        .slice(0, equals)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, ""),
    );
    if (tag === undefined || context[tag] !== "") continue;
    context[tag] = contextText(decodePart(pair.slice(equals + 1)));
  }
}

function readContext(fields: Body): Context {
  const page = readAddress(fields.page);
  const referer = readAddress(fields.referer);
  const context: Context = {
    source: contextText(fields.source),
    refererHost: referer.host,
    referer: trimAscii(cutBytes(referer.text, maxContextBytes)),
    page: trimAscii(cutBytes(page.text, maxContextBytes)),
    landingPath: cutBytes(page.path, maxContextBytes),
    cta: contextText(fields.cta),
    utm_source: contextText(fields.utm_source),
    utm_medium: contextText(fields.utm_medium),
    utm_campaign: contextText(fields.utm_campaign),
    utm_term: contextText(fields.utm_term),
    utm_content: contextText(fields.utm_content),
    gclid: contextText(fields.gclid),
    fbclid: contextText(fields.fbclid),
    msclkid: contextText(fields.msclkid),
    channel: "",
  };
  takeTags(context, page.query);
  takeTags(context, referer.query);
  if (context.source === "") context.source = context.utm_source;
  if (context.source === "" && referer.host !== page.host) context.source = referer.host;
  context.channel = channelOf({
    medium: context.utm_medium,
    source: context.utm_source,
    paidClick: context.gclid === "" ? context.msclkid : context.gclid,
    socialClick: context.fbclid,
    refererHost: referer.host,
    pageHost: page.host,
  });
  return context;
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?$/i;

function measure(value: unknown, most: number): number | undefined {
  const text = typeof value === "string" ? trimAscii(value) : "";
  const number = typeof value === "number" ? value : decimal.test(text) ? Number(text) : Number.NaN;
  return number >= 0 ? Math.min(number, most) : undefined;
}

export type Read = { submission: Submission; faults?: undefined } | { faults: FieldFault[] };

export function readSubmission(body: Body, honeypot: string, country: string): Read {
  const { fields, custom, honeypotFilled } = readForm(body, honeypot);
  const faults: FieldFault[] = [];
  const fault = (name: string, code: string, reason: string) => faults.push({ name, reason, code });

  const raw = (name: string): string => {
    const value = fields[name];
    if (typeof value === "string") return value;
    if (typeof value === "number" && name !== "email") return String(value);
    if (value !== null && value !== undefined) fault(name, "wrong_type", "This must be text.");
    return "";
  };
  const within = (name: string, text: string): string => {
    const most = maxChars[name] as number;
    if (!isLonger(text, most)) return text;
    fault(name, "too_long", `At most ${most} characters are allowed here.`);
    return "";
  };

  const name = wholeName(
    within("name", cleanLine(raw("name"))),
    within("first_name", cleanLine(raw("first_name"))),
    within("last_name", cleanLine(raw("last_name"))),
  );
  const contact = { name, email: "", phone: "", callingCode: "", company: "", message: "" };
  const mail = within("email", cleanToken(raw("email")))
    .toLowerCase()
    .replace(/^(?:mailto:)+/, "");
  if (mail !== "") {
    if (email.test(mail)) contact.email = mail;
    else fault("email", "invalid_email", "This is not an e-mail address.");
  }
  const number = within("phone", cleanToken(raw("phone")));
  if (number !== "") {
    const phone = parsePhone(number, country);
    if (phone) {
      contact.phone = phone.e164;
      contact.callingCode = phone.code;
    } else if (contact.email !== "") contact.phone = number;
    else fault("phone", "invalid_phone", "This is not a phone number that can be dialled.");
  }
  contact.company = within("company", cleanLine(raw("company")));
  contact.message = within("message", cleanBlock(raw("message")));
  if (contact.email === "" && contact.phone === "" && faults.length === 0) {
    for (const one of ["email", "phone"]) fault(one, "required", "Give an e-mail address or a phone number.");
  }
  if (faults.length > 0) return { faults };
  return {
    submission: {
      contact,
      context: readContext(fields),
      engagement: {
        time_on_page: measure(fields.time_on_page, maxValue.time_on_page as number),
        scroll_depth: measure(fields.scroll_depth, maxValue.scroll_depth as number),
        pages_viewed: measure(fields.pages_viewed, maxValue.pages_viewed as number),
        form_seconds: measure(fields.form_seconds, maxValue.form_seconds as number),
      },
      consent: typeof fields.consent === "boolean" ? String(fields.consent) : contextText(fields.consent),
      custom,
      honeypotFilled,
    },
  };
}
