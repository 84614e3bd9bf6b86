// docs/verdicts.md and docs/api/fields.md: prose around tables that are made from the same files as the rules
// themselves, so the pages cannot say anything else than the code does.
import { readSchema } from "./io.mjs";

const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const code = (text) => `\`${text}\``;
const listed = (items) => items.map(code).join(", ");

/** What a reason depends on beyond its text, in words; numbers come from the rules. */
const details = (rules) => ({
  rate_limited: "Per address and project; the limit is the binding `POSTS_LIMIT`",
  origin_not_allowed: "An absent `Origin`, or `null`, is no reason",
  address_blocked: "Detail: the id of the entry in the list",
  bot_user_agent: "The `isbot` library, kept up to date as a package",
  bot_score_certain: `Bot Management's score is at most ${rules.cloudflare_bot_certain_max}`,
  bot_score_likely: `The score is at most ${rules.cloudflare_bot_likely_max}; not added to the one above`,
  honeypot_filled: "Browsers' autofill does that too, so alone it never convicts",
  filled_too_fast: `\`form_seconds\` below ${rules.min_form_seconds}, or the project's \`min_form_seconds\``,
  links_in_message: `More than ${rules.max_message_links}`,
  gibberish: "Message or name; only Latin letters are judged",
  browser_headers_missing: "`User-Agent`, `Accept` or `Accept-Language`",
  test_header: "`X-Lead-Test: 1`",
  test_address: "`test_rules.addresses`",
  test_email: "`test_rules.emails`",
  test_domain: "`test_rules.domains`, and what is below them",
  test_plus_tag: "`ada+test@...`",
  reserved_domain: `${listed(rules.reserved_domains)}, and all below ${rules.reserved_top_levels.map((top) => code(`.${top}`)).join(", ")}`,
  tor_exit: "Cloudflare's country `T1`",
  hosting_network: "The list `schema/hosting_networks.json`, or a word in the network's name",
  disposable_email: "Some nine thousand domains, [as hashes](decisions/0007-disposable-domain-hashes.md)",
  phone_country_differs: "Compares calling codes, so +1 fits the US and Canada alike",
  odd_name: "Digits, addresses, no letter, one letter again and again, `asdf`",
  turnstile_unavailable: "The check fails open: the lead is kept",
  bot_evidence: `\`bot_score\` from ${rules.bot_suspicious_from} to ${rules.bot_threshold - 1}`,
  high_lead_score: `\`lead_score\` is at least ${rules.hot_threshold}`,
});

const measureNames = {
  time_on_page: "Seconds on the page",
  scroll_depth: "Percent scrolled",
  pages_viewed: "Pages of the visit",
  form_seconds: "Seconds in the form",
};

const completenessNames = (rules) => ({
  name: "A name",
  email: "An e-mail address",
  phone: "A phone number that fits a numbering plan",
  company: "A company",
  message: "A message",
  long_message: `A message of ${rules.long_message_chars} characters or more, in addition`,
  business_email: "An e-mail address that is not at a free mail service, in addition",
});

function reasonTable(reasons, what, rules) {
  const known = details(rules);
  const weighted = reasons.some((reason) => reason.of === what && reason.weight);
  const rows = reasons
    .filter((reason) => reason.of === what)
    .map(({ code: name, text, weight }) => [
      code(name),
      ...(weighted ? [String(weight)] : []),
      text,
      known[name] ?? "",
    ]);
  return table(["code", ...(weighted ? ["weight"] : []), "meaning", "more"], rows);
}

function scoreTable(rules) {
  const steps = rules.engagement_points.map(({ measure, at_least, points }) => [
    `${measureNames[measure]}: ${at_least} or more`,
    String(points),
  ]);
  const parts = Object.entries(rules.completeness_points).map(([name, points]) => [
    completenessNames(rules)[name],
    String(points),
  ]);
  const cta = [
    [`A call to action with one of ${listed(rules.strong_cta_words)}`, String(rules.cta_points.strong)],
    ["Any other call to action", String(rules.cta_points.any)],
  ];
  return table(["what", "points"], [...parts, ...cta, ...steps]);
}

export function docsVerdicts() {
  const rules = readSchema("rules.json");
  const { reasons } = readSchema("reasons.json");
  const limits = readSchema("limits.json");
  return `# Verdicts

Generated from \`schema/rules.json\` and \`schema/reasons.json\` by \`schema/generator/verdict_docs.mjs\`; do not edit. This is
rule set \`${rules.version}\`; every verdict records the version that decided it.

A verdict is one event type, three flags, two scores and all the reasons. \`POST /api/leads/validate\` explains the verdict
of any submission without keeping it ([API](api/leads.md#explaining-a-verdict)).

## The order

Exactly one event type, the first of these that holds:

1. \`blocked\`: there is a reason of the kind \`blocked\`.
2. \`bot\`: \`bot_score\` is at least ${rules.bot_threshold}.
3. \`test\`: there is a reason of the kind \`test\`.
4. \`follow_up\`: the ledger knows the e-mail address or the phone number in this project.
5. \`primary\`: none of the above.

All evidence is collected whatever it decides, so the reasons of a blocked submission also tell that it looked like a bot.
The reasons that carry the event type come first, the others in the order of the tables below; the first one is the dimension
\`reason\` of the [data point](datasets.md). Each is \`{code, detail}\`, where detail is the meaning and, after a colon, what it was
about.

The fourth and fifth are decided by the ledger inside the transaction that keeps the submission: of two simultaneous first
submissions of one person exactly one is \`primary\`. Where the e-mail address and the phone number belong to two leads, the
address decides.

## Blocked

${reasonTable(reasons, "blocked", rules)}

## Bot

\`bot_score\` is the sum of the weights, at most 100. From ${rules.bot_threshold} on it convicts; from ${rules.bot_suspicious_from} to ${rules.bot_threshold - 1} it makes a submission
\`suspicious\`. A weight below ${rules.bot_threshold} cannot convict alone.

${reasonTable(reasons, "bot", rules)}

With an admin key and a \`visitor\` the rules judge that visitor; the server's own headers and Cloudflare's score of the server
then say nothing. Without a \`visitor\` the server itself is judged, and most HTTP libraries name themselves as robots.

## Test

${reasonTable(reasons, "test", rules)}

## Primary and follow-up

${reasonTable(reasons, "primary", rules)}

${reasonTable(reasons, "follow_up", rules)}

## Flags

Flags are independent of the event type and of each other. They never change the answer to the sender.

\`vpn\`:

${reasonTable(reasons, "vpn", rules)}

\`suspicious\`:

${reasonTable(reasons, "suspicious", rules)}

\`hot\`:

${reasonTable(reasons, "hot", rules)}

## Lead score

From 0 to 100, the sum of these, cut at 100. Lines of one measure add up: 120 seconds on the page earn all three.

${scoreTable(rules)}

Temperature: \`hot\` from ${rules.hot_threshold}, \`warm\` from ${rules.warm_threshold}, else \`cold\`. Engagement comes from the points of the measures alone:
\`high\` from ${rules.engagement_high_from}, \`medium\` from ${rules.engagement_medium_from}, \`low\` above 0, else \`none\`.

## Channel

The first sign that says something decides: a listed \`utm_medium\`; a click id (\`gclid\` and \`msclkid\`: paid, \`fbclid\`: social); a
\`utm_source\` that names a search engine, a network or mail; the referer's host likewise. Tags or a referer that say nothing
more make \`referral\`; no sign at all is \`direct\`. The words are in \`schema/rules.json\`.

## What the sender sees

| event type | public answer | kept in the ledger |
|---|---|---|
| \`primary\`, \`follow_up\`, \`test\` | 201 | always |
| \`bot\` | 201, or 422 \`rejected\` where the project's \`bot_response\` is \`reject\` | up to the limit \`REJECTED_ROWS_LIMIT\` per address and minute |
| \`blocked\` | 403 \`address_blocked\` or \`origin_not_allowed\`, 429 \`rate_limited\` | as \`bot\` |

Each of them writes one data point, kept or not. Personal data of rejected and test submissions is removed after
${limits.rejected_retention_days.value} days; the rows stay.

## Changing a rule

Change \`schema/rules.json\` or \`schema/reasons.json\`, raise \`version\`, run \`npm run generate\`. Points that were written keep the
verdict of their time. A new reason needs one \`add_reason\` in \`core/intake/\`; see
[how to add a reason](architecture.md#a-reason).
`;
}

const groups = {
  contact: [
    "Contact",
    "Who it is. At least one of `email` and `phone` is needed. More characters than `most` are refused with a 422, and so is an\ne-mail address that is none. A phone number that fits no numbering plan is refused only where there is no e-mail address;\nelse it is kept as it is, with the reason `phone_unreadable`. One that comes twice is a 422.",
  ],
  context: [
    "Context",
    "Where the visit came from. Context never loses a lead: what is too long is cut; what is of a wrong type, or no text\n(broken UTF-8, a NUL character), counts as absent; of two values of one name the first that is not blank is taken.\n`utm_*` and click ids that are missing are taken from the query of `page`, then from that of `referer`.",
  ],
  engagement: [
    "Engagement",
    "How the visit went: numbers, or text that is a number. More than `most` is cut to it; what is no number is absent, and of two the first is taken.",
  ],
  control: ["Control", "What the submission is for."],
};

export function docsFields() {
  const { fields } = readSchema("fields.json");
  const limits = readSchema("limits.json");
  const section = ([group, [title, prose]]) => {
    const rows = fields
      .filter((field) => field.group === group)
      .map((field) => {
        const most =
          field.max ??
          field.max_value ??
          (group === "context" ? `${limits.max_context_bytes.value} bytes` : "");
        return [code(field.name), String(most), listed(field.spellings)];
      });
    return `## ${title}\n\n${prose}\n\n${table(["field", "most", "also understood as"], rows)}`;
  };
  return `# Fields of a submission

Generated from \`schema/fields.json\`; do not edit. See [the API](leads.md#posting-a-lead).

Names are compared without case and punctuation: \`utm_source\`, \`utmSource\` and \`UTM-Source\` are one. Of a name such as
\`form_fields[email]\` the last part counts. Of several spellings in one body, the one listed first wins. \`first_name\` and
\`last_name\` make \`name\` where that is missing.

${Object.entries(groups).map(section).join("\n\n")}

## Everything else

Any other field is kept with the submission as \`custom\`: at most ${limits.max_custom_fields.value} names and ${limits.max_custom_bytes.value.toLocaleString("en-US")} bytes together, ${limits.max_custom_value_bytes.value.toLocaleString("en-US")} bytes a
value. What is beyond is left out or cut, never refused. The project's honeypot field (\`lead_hp\` unless its settings say
otherwise) is not kept; filled, it is [evidence of a bot](../verdicts.md#bot).

## Limits of a body

| what | most | beyond it |
|---|---|---|
| size | ${limits.max_body_bytes.value.toLocaleString("en-US")} bytes | 413 |
| fields | ${limits.max_form_fields.value} | 422 |
| depth of JSON | ${limits.max_json_depth.value} | 400 |
| name of a field | ${limits.max_field_name_bytes.value} bytes | 422 |
`;
}
