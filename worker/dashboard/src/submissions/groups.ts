// Which member of a submission stands in which group, and what it is called.

export interface Group {
  title: string;
  /** Name of the member, label. */
  facts: readonly (readonly [string, string])[];
}

export const groups: readonly Group[] = [
  {
    title: "Person",
    facts: [
      ["name", "Name"],
      ["email", "E-mail"],
      ["phone", "Phone"],
      ["company", "Company"],
      ["lead_id", "Lead"],
    ],
  },
  { title: "Message and consent", facts: [["consent", "Consent"]] },
  {
    title: "Where it came from",
    facts: [
      ["channel", "Channel"],
      ["source", "Source"],
      ["page", "Page of the form"],
      ["referer", "Referer"],
      ["cta", "Call to action"],
      ["utm_source", "UTM source"],
      ["utm_medium", "UTM medium"],
      ["utm_campaign", "UTM campaign"],
      ["utm_term", "UTM term"],
      ["utm_content", "UTM content"],
      ["gclid", "Google click id"],
      ["fbclid", "Facebook click id"],
      ["msclkid", "Microsoft click id"],
      ["time_on_page", "Time on the page"],
      ["scroll_depth", "Scrolled"],
      ["pages_viewed", "Pages viewed"],
      ["form_seconds", "Time in the form"],
    ],
  },
  {
    title: "Visitor",
    facts: [
      ["country", "Country"],
      ["region", "Region"],
      ["city", "City"],
      ["as_organization", "Network"],
      ["asn", "Network number"],
      ["ip", "Address"],
      ["user_agent", "Browser"],
      ["origin", "Origin"],
    ],
  },
  {
    title: "Technical",
    facts: [
      ["submission_id", "Submission"],
      ["project", "Project"],
      ["received_at", "Received"],
      ["counted_at", "Counted"],
      ["erased_at", "Erased"],
    ],
  },
];

/** Shown elsewhere on the page. */
const elsewhere = [
  "event_type",
  "flags",
  "lead_score",
  "bot_score",
  "reasons",
  "ruleset",
  "status",
  "message",
  "custom",
  "why",
  "corrections",
  "can_correct",
  "can_correct_detail",
  "can_undo",
  "can_undo_detail",
  "can_erase",
  "can_erase_detail",
  "erase",
  "reports",
];

const named = new Set([...elsewhere, ...groups.flatMap(({ facts }) => facts.map(([name]) => name))]);

/** Members that the API has and this page does not know by name. */
export const restOf = (members: Record<string, unknown>) =>
  Object.entries(members).filter(([name, value]) => !named.has(name) && value !== null && value !== "");
