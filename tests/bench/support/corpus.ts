// Some fifty submissions on which all three must agree, and the few on which they may part, each with its reason.

import { browserHeaders, type Sent, submission } from "./submissions.ts";

export interface Case {
  name: string;
  sent: Sent;
  /** Who may differ, and why. Everybody else must agree; a difference that is gone must be struck off here. */
  differs?: { hono_zod?: string; plain?: string };
}

const plainPerson = { project: "acme", name: "Asha Rao", email: "asha.rao@firm.in", phone: "98765 43210" };

function post(body: object, headers: Record<string, string> = {}, cf: object = {}): Sent {
  const place = {
    country: "IN",
    region: "Maharashtra",
    city: "Mumbai",
    asn: 55836,
    asOrganization: "Jio",
    ...cf,
  };
  return { body: JSON.stringify(body), headers: { ...browserHeaders(1), ...headers }, cf: place };
}

const of = (more: object, headers?: Record<string, string>, cf?: object) =>
  post({ ...plainPerson, ...more }, headers, cf);
const agent = (text: string) => of({}, { "user-agent": text });

const cases: Record<string, Sent> = {
  small: submission("small", 1),
  typical: submission("typical", 2),
  large: submission("large", 3),
  flood: submission("flood", 4),
  "known person": of({ email: "known@firm.in" }),
  "e-mail only": post({ project: "acme", email: "a@firm.in" }),
  "phone only": post({ project: "acme", phone: "+44 20 7946 0958" }),
  "upper-case e-mail": of({ email: " Asha.Rao@FIRM.in " }),
  "plus tag": of({ email: "asha+news@firm.in" }),
  "test tag": of({ email: "asha+test@firm.in" }),
  "test e-mail": of({ email: "qa@acme.com" }),
  "test domain": of({ email: "x@sub.qa.acme.com" }),
  "test address": of({}, { "cf-connecting-ip": "192.0.2.7" }),
  "reserved domain": of({ email: "x@mail.example.com" }),
  "reserved ending": of({ email: "x@host.test" }),
  "disposable e-mail": of({ email: "x@mailinator.com" }),
  "disposable parent": of({ email: "x@inbox.mailinator.com" }),
  "free mail": of({ email: "asha@gmail.com" }),
  "blocked address": of({}, { "cf-connecting-ip": "203.0.113.9" }),
  "other origin": of({}, { origin: "https://evil.example" }),
  "sub-domain origin": of({}, { origin: "https://go.acme.io" }),
  "IPv6 address": of({}, { "cf-connecting-ip": "2001:DB8:0:0:0:0:0:1" }),
  "Tor exit": of({}, {}, { country: "T1" }),
  "hosting network": of({}, {}, { asn: 24940, asOrganization: "Hetzner Online GmbH" }),
  "hosting by name": of({}, {}, { asn: 64500, asOrganization: "Best VPN Hosting" }),
  "phone of another country": of({ phone: "+1 212 555 0123" }),
  "phone with 00": of({ phone: "0044 20 7946 0958" }),
  "phone with a bracketed zero": of({ phone: "+44 (0)20 7946 0958" }),
  "phone with its own code": of({ phone: "91 98765 43210" }),
  "phone with an extension": of({ phone: "+91 98765 43210 ext. 12" }),
  "phone unreadable": of({ phone: "call me" }),
  "phone as a number": of({ phone: 9876543210 }),
  "name in parts": post({ project: "acme", first_name: "Asha", last_name: "Rao", email: "a@firm.in" }),
  "odd name": of({ name: "asdf" }),
  "name with an apostrophe": of({ name: "Miles O'Brien", cta: "It's back\\slash" }),
  "gibberish message": of({ message: "XkqzWvbTrPlm qWrTzXcVbNmKjH" }),
  "links in the message": of({ message: "http://a.in https://www.b.in www.c.in" }),
  "many lines": of({ message: "One\r\nTwo\nThree\u2028Four" }),
  "honeypot alone": of({ lead_hp: "filled" }),
  "honeypot and speed": of({ lead_hp: "filled", form_seconds: 0.5 }),
  "robot agent": agent("Googlebot/2.1 (+http://www.google.com/bot.html)"),
  "iPad agent": agent(
    "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
  ),
  "Samsung agent": agent(
    "Mozilla/5.0 (Linux; Android 14; SM-T970) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Safari/537.36",
  ),
  "no agent": of({}, { "user-agent": "", "accept-language": "" }),
  "certain bot score": of({}, {}, { botManagement: { score: 1 } }),
  "likely bot score": of({}, {}, { botManagement: { score: 12 } }),
  "hot lead": of({
    company: "Firm",
    cta: "Book a demo",
    message: "We want to see it next week, with our whole sales team.",
    time_on_page: 300,
    scroll_depth: "92.5",
    pages_viewed: 6,
    form_seconds: 40,
  }),
  "tags in the body": of({ utm_source: "newsletter", utmMedium: "email", "UTM-Campaign": "June  sale" }),
  "tags of the referer": of({ referer: "https://news.acme.com/?utm_source=partner&utm_medium=affiliate" }),
  "Facebook click": of({ page: "https://www.acme.com/?fbclid=abc" }),
  "search referer": of({ referer: "https://www.Google.co.in/search?q=crm" }),
  "social referer": of({ referer: "https://t.co/abc", page: "https://www.acme.com/a/b?x=1#y" }),
  "own referer": of({ referer: "https://www.acme.com/a", page: "https://acme.com/b" }),
  "broken page": of({ page: "not an address", referer: 12 }),
  "custom fields": of({ team: "11-50", nested: { a: [1, 2, { b: null }] }, agree: true, empty: "  " }),
  "outranked spelling": of({ full_name: "A. Rao", work_email: "a@other.in" }),
  "long context": of({ cta: "Sehr lang ü ".repeat(300), utm_term: "x".repeat(3000) }),
  "not plain ASCII": of({ name: "Jürgen Weiß", company: "Ёлка", message: "Grüße aus Köln 🙂" }),
};

const parting: Record<string, [Sent, Required<Case>["differs"]]> = {
  "path with a space": [
    of({ page: "https://www.acme.com/a b/ü" }),
    {
      hono_zod: "URL writes the path in percent-encoding; the core and the plain peer keep it as it was sent",
    },
  ],
  "host beyond ASCII": [
    of({ referer: "https://bücher.example/" }),
    { hono_zod: "URL writes the host in Punycode; the core keeps the letters" },
  ],
  "e-mail beyond ASCII": [
    of({ email: "jürgen@müller.de" }),
    { hono_zod: "Zod's e-mail pattern takes ASCII only, so the submission is refused" },
  ],
};

export const corpus: Case[] = [
  ...Object.entries(cases).map(([name, sent]) => ({ name, sent })),
  ...Object.entries(parting).map(([name, [sent, differs]]) => ({ name, sent, differs })),
];
