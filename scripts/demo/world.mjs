// The made-up world of the demo data. Nobody in it exists: names are invented, domains end in .example,
// addresses are those reserved for documentation, phone numbers those kept for fiction.
// The last number of a row is its weight.

/** About 220 submissions a day, 20,000 in 90 days. */
export const submissionsPerDay = 222;

export const demoProjects = [
  {
    slug: "demo-saas",
    name: "Demo: Fernwave (software, made up)",
    host: "fernwave.example",
    pages: [
      ["/pricing", 5],
      ["/demo", 4],
      ["/features/reports", 2],
      ["/contact", 2],
      ["/blog/lead-quality", 1],
    ],
    ctas: [
      ["Book a demo", 5],
      ["Start free trial", 4],
      ["Talk to sales", 2],
      ["Send", 2],
    ],
    weight: 65,
  },
  {
    slug: "demo-events",
    name: "Demo: Harbour Week (events, made up)",
    host: "harbourweek.example",
    pages: [
      ["/tickets", 5],
      ["/programme", 2],
      ["/sponsors", 1],
      ["/group-booking", 2],
    ],
    ctas: [
      ["Request a quote", 3],
      ["Book seats", 5],
      ["Send", 2],
    ],
    weight: 35,
  },
];

/** How visitors come: referer, utm_source, utm_medium, campaigns, channel, weight. */
export const sources = [
  ["https://www.google.com/", "google", "cpc", ["brand-search", "autumn-launch", "competitors"], "paid", 22],
  ["https://www.linkedin.com/", "linkedin", "paid_social", ["autumn-launch", "whitepaper"], "paid", 10],
  ["https://www.google.com/", "", "", [], "organic", 18],
  ["https://www.bing.com/", "", "", [], "organic", 4],
  ["https://www.linkedin.com/", "", "", [], "social", 6],
  ["https://www.instagram.com/", "instagram", "social", ["behind-the-scenes"], "social", 5],
  ["", "newsletter", "email", ["monthly-news", "last-call"], "email", 26],
  ["https://directory.example/", "", "", [], "referral", 5],
  ["", "", "", [], "direct", 12],
];

export const terms = ["lead tracking", "lead analytics", "crm reports", "conference tickets"];
export const contents = ["headline-a", "headline-b", "carousel"];

/** country, minutes east of UTC, region and cities, weight. */
export const places = [
  [
    "IN",
    330,
    [
      ["Karnataka", "Bengaluru", 4],
      ["Maharashtra", "Mumbai", 4],
      ["Delhi", "New Delhi", 3],
      ["Telangana", "Hyderabad", 2],
    ],
    42,
  ],
  [
    "US",
    -300,
    [
      ["New York", "New York", 3],
      ["Texas", "Austin", 2],
      ["California", "San Francisco", 3],
    ],
    20,
  ],
  [
    "GB",
    0,
    [
      ["England", "London", 4],
      ["Scotland", "Edinburgh", 1],
    ],
    9,
  ],
  [
    "DE",
    60,
    [
      ["Berlin", "Berlin", 2],
      ["Bavaria", "Munich", 2],
    ],
    8,
  ],
  ["AE", 240, [["Dubai", "Dubai", 1]], 6],
  ["SG", 480, [["", "Singapore", 1]], 6],
  [
    "AU",
    600,
    [
      ["New South Wales", "Sydney", 2],
      ["Victoria", "Melbourne", 1],
    ],
    5,
  ],
  ["CA", -300, [["Ontario", "Toronto", 1]], 4],
];

/** Monday to Sunday: people at work fill in forms. */
export const weekdays = [1.1, 1.2, 1.15, 1.1, 1.0, 0.75, 0.7];

/** Each local hour's weight: quiet nights, a peak before noon, a smaller one in the evening. */
export const hours = [2, 1, 1, 1, 1, 2, 4, 9, 16, 24, 30, 32, 26, 22, 26, 28, 25, 20, 15, 14, 15, 13, 8, 4];

/** device, browser, user agent, weight. */
export const browsers = [
  [
    "desktop",
    "chrome",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    38,
  ],
  [
    "mobile",
    "chrome",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    26,
  ],
  [
    "mobile",
    "safari",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    14,
  ],
  [
    "desktop",
    "edge",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    10,
  ],
  ["desktop", "firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", 6],
  [
    "tablet",
    "safari",
    "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    6,
  ],
];

export const robot = ["bot", "other", "python-requests/2.32.3"];

export const firstNames = [
  "Asha",
  "Bram",
  "Chidi",
  "Dalia",
  "Edda",
  "Farid",
  "Greta",
  "Hana",
  "Ivo",
  "Jaya",
  "Kofi",
  "Lena",
  "Mira",
  "Nils",
  "Oona",
  "Pavel",
  "Quinn",
  "Rhea",
  "Soren",
  "Tara",
];
export const lastNames = [
  "Amberfield",
  "Birchwater",
  "Cloudsley",
  "Driftwood",
  "Emberly",
  "Fallowmere",
  "Greenlock",
  "Hollowbrook",
  "Inkpen",
  "Juniperson",
  "Kettleby",
  "Larkhill",
  "Mossgrove",
  "Nightingham",
];
export const companies = [
  "Bluefinch",
  "Copperleaf",
  "Duneworks",
  "Elmbridge",
  "Foxglove",
  "Glasshouse",
  "Highmoor",
  "Ironwell",
  "Junebug",
  "Kingfisher",
];
export const messages = [
  "Please show us how reports work for a team of twenty.",
  "What does it cost?",
  "We would like to hear more about this before the end of the month.",
  "",
];
