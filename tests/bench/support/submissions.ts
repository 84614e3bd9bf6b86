// Requests as browsers and bots send them.

export interface Sent {
  body: string;
  headers: Record<string, string>;
  cf: Record<string, unknown>;
}

const agents = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
];

/** What Cloudflare tells of a request, with the parts that are of no use to anybody here. */
const place = {
  clientTcpRtt: 24,
  longitude: "72.88261",
  latitude: "19.07480",
  tlsCipher: "AEAD-AES128-GCM-SHA256",
  continent: "AS",
  asn: 55836,
  country: "IN",
  tlsClientAuth: { certVerified: "NONE", certPresented: "0", certRevoked: "0" },
  tlsVersion: "TLSv1.3",
  colo: "BOM",
  timezone: "Asia/Kolkata",
  city: "Mumbai",
  edgeRequestKeepAliveStatus: 1,
  requestPriority: "",
  httpProtocol: "HTTP/2",
  region: "Maharashtra",
  regionCode: "MH",
  asOrganization: "Reliance Jio Infocomm Limited",
  postalCode: "400017",
};

export function browserHeaders(n: number): Record<string, string> {
  return {
    accept: "*/*",
    "accept-encoding": "gzip, br",
    "accept-language": "en-IN,en;q=0.9,hi;q=0.8",
    "cf-connecting-ip": `198.51.100.${n % 250}`,
    "cf-ipcountry": "IN",
    "cf-ray": "9a1f2b3c4d5e6f70-BOM",
    "cf-visitor": '{"scheme":"https"}',
    "content-type": "application/json",
    host: "leads.acme.com",
    origin: "https://www.acme.com",
    referer: "https://www.acme.com/",
    "sec-fetch-dest": "empty",
    "sec-fetch-mode": "cors",
    "sec-fetch-site": "same-site",
    "user-agent": agents[n % agents.length] as string,
    "x-forwarded-proto": "https",
    "x-real-ip": `198.51.100.${n % 250}`,
  };
}

const names = ["Asha Rao", "Priya Nair", "Rahul Mehta", "Ada Lovelace", "José Álvarez", "Vikram Singh"];
const words =
  "we would like to see how your product fits our sales team of forty people in three cities".split(" ");

function prose(bytes: number, n: number): string {
  let text = "Hello,";
  for (let at = n; text.length < bytes; at += 1) text += ` ${words[at % words.length]}`;
  return `${text.slice(0, bytes - 1)}.`;
}

function person(n: number) {
  return {
    project: "acme",
    name: names[n % names.length],
    email: `person${n}@firm${n % 997}.in`,
    phone: `+91 98${String(10_000_000 + n).slice(-8)}`,
  };
}

const page = (n: number) =>
  `https://www.acme.com/pricing/teams?utm_source=google&utm_medium=cpc&utm_campaign=autumn-${n % 40}&gclid=Cj0KCQjw${n}`;

export const kinds = ["small", "typical", "large", "flood"] as const;
export type Kind = (typeof kinds)[number];

export function submission(kind: Kind, n: number): Sent {
  const sent = (value: object): Sent => ({
    body: JSON.stringify(value),
    headers: browserHeaders(n),
    cf: place,
  });
  const visit = { page: page(n), referer: "https://www.google.com/", time_on_page: 87.5, form_seconds: 21.4 };
  switch (kind) {
    case "small":
      return sent({ ...person(n), ...visit });
    case "typical":
      return sent({
        ...person(n),
        company: `Firm ${n % 997} Private Limited`,
        message: prose(380, n),
        ...visit,
        source: "google",
        cta: "Book a demo",
        scroll_depth: 78,
        pages_viewed: 4,
        consent: true,
        lead_hp: "",
        team_size: "11-50",
        budget: "5k to 10k",
      });
    case "large":
      return sent({
        ...person(n),
        company: `Firm ${n % 997} Private Limited`,
        message: prose(9_400, n),
        ...visit,
        cta: "Request a quote",
        scroll_depth: 96,
        pages_viewed: 9,
        consent: "yes",
        lead_hp: "",
        ...Object.fromEntries(Array.from({ length: 24 }, (_, at) => [`question_${at}`, prose(60, n + at)])),
      });
    case "flood": {
      const bot = sent({
        ...person(n),
        name: "XkqzWvbTrPlm",
        message: `Buy now http://spam.example/${n} [url=http://a.example]x[/url] <a href="http://b.example">y</a> www.c.example`,
        lead_hp: "http://spam.example",
        form_seconds: 0.4,
      });
      const { "accept-language": _, ...headers } = bot.headers;
      headers["user-agent"] = "python-requests/2.32.3";
      return { ...bot, headers };
    }
  }
}

export function requestOf(sent: Sent): Request {
  const request = new Request("https://leads.acme.com/api/leads", {
    method: "POST",
    headers: { ...sent.headers, "content-length": String(Buffer.byteLength(sent.body)) },
    body: sent.body,
  });
  Object.defineProperty(request, "cf", { value: sent.cf });
  return request;
}
