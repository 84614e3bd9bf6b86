// Made-up people and their browsers.

export const browserHeaders = {
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  accept: "application/json",
  "accept-language": "en-IN,en;q=0.9",
};

export const robot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

export const indianVisitor = {
  country: "IN",
  region: "Maharashtra",
  city: "Mumbai",
  asn: 55836,
  asOrganization: "Reliance Jio",
};

let people = 0;

/** A person nobody has met, whose message gives no reason for doubt. */
export function person(fields: Record<string, unknown> = {}) {
  people += 1;
  return {
    name: "Asha Rao",
    email: `asha.rao.${people}.${Math.random().toString(36).slice(2, 8)}@raomills.in`,
    phone: `+91 98${String(people).padStart(3, "0")} ${String(10_000 + Math.floor(Math.random() * 89_999))}`,
    message: "Please tell us what a subscription for a team of twelve costs.",
    form_seconds: 42,
    ...fields,
  };
}
