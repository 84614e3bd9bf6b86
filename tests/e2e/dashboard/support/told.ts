/** Answers about insights, briefs, alerts and channels, in the shapes of docs/api, for pages that a test feeds. */
import type { Page, Route } from "playwright-core";

export const zone = "Asia/Kolkata";
const local = (date: string, time = "00:00:00") => `${date}T${time}+05:30`;
const span = (from: string, to: string) => ({ from: local(from), to: local(to) });

/** Text that a stranger wrote, as hostile as it gets. */
export const hostile = `<img src=x onerror="document.title='owned'"> & “friends”`;

const now = span("2026-11-14", "2026-11-21");
const baseline = [
  span("2026-11-07", "2026-11-14"),
  span("2026-10-31", "2026-11-07"),
  span("2026-10-24", "2026-10-31"),
  span("2026-10-17", "2026-10-24"),
];

export const rise = {
  id: "rise:source:newsletter",
  kind: "rise",
  severity: "notice",
  dimension: "source",
  value: "newsletter",
  count: "primary",
  ...now,
  strength: 9.5,
  headline: "“newsletter” (source) brought 1,245 new leads in 7 days; 12.5 were usual.",
  explanation: "4 earlier windows of the same weekdays had between 10 and 15.",
  numbers: { current: 1245, expected: 12.5, low: 0, high: 25, change: 98.6, baseline: [10, 12, 13, 15] },
};

export const silence = {
  id: `silence:source:${hostile}`,
  kind: "silence",
  severity: "warning",
  dimension: "source",
  value: hostile,
  count: "accepted",
  from: local("2026-11-20"),
  to: local("2026-11-21"),
  strength: 4.1,
  headline: `${hostile} (source) sent no leads in 24 hours; 17 were usual.`,
  explanation: "It had some in every one of 4 earlier windows.",
  numbers: {
    current: 0,
    expected: 17,
    low: 3,
    high: 31,
    change: -1,
    silent_hours: 24,
    baseline: [16, 17, 17, 20],
  },
};

export const botShare = {
  id: "bot_share",
  kind: "bot_share",
  severity: "warning",
  dimension: null,
  value: null,
  count: "bot",
  ...now,
  strength: 8,
  headline: "22.4 % of submissions were judged bot in 7 days; 9 % were usual.",
  explanation: "The share was between 8 and 10 % before.",
  numbers: {
    current: 0.224,
    expected: 0.09,
    low: 0.06,
    high: 0.12,
    submissions: 1854,
    count: 415,
    // One window had too few to have a share.
    baseline: [0.08, 0.09, 0.1],
  },
};

const noHot = {
  id: "no_hot_leads:utm_campaign:whitepaper",
  kind: "no_hot_leads",
  severity: "notice",
  dimension: "utm_campaign",
  value: "whitepaper",
  count: "hot_count",
  ...now,
  strength: 5.7,
  headline: "“whitepaper” (campaign) brought 64 submissions in 7 days, none of them hot.",
  explanation: "At the rate of all others 6.6 would be.",
  numbers: {
    submissions: 64,
    leads: 64,
    current: 0,
    expected: 6.6,
    rate: 0.103,
    other_submissions: 1200,
    other_hot: 124,
  },
};

const bestHours = {
  id: "best_hours",
  kind: "best_hours",
  severity: "info",
  dimension: null,
  value: null,
  count: "primary",
  ...span("2026-10-24", "2026-11-21"),
  strength: null,
  headline: "Most new leads come from 23:00 to 02:00.",
  explanation: "1,100 of 4,000 came then.",
  numbers: { hour_from: 23, hour_to: 2, leads: 1100, of: 4000, share: 0.275, even_share: 0.125 },
};

const meta = {
  ...now,
  timezone: zone,
  days: 7,
  hours: null,
  filters: [],
  baseline,
  generated_at: local("2026-11-21", "14:20:00"),
  data_from: local("2026-08-23"),
  data_through: local("2026-11-21"),
  newest_submission_at: null,
  sampled: false,
  sample_interval_max: 1,
  rows_read: 1234,
  cache: "miss",
  corrections: 0,
  warnings: [] as { code: string; detail: string }[],
};

export const insights = { meta, data: [silence, botShare, rise, noHot, bestHours] };
export const noInsights = { meta, data: [] };
export const tooLittle = {
  meta: {
    ...meta,
    baseline: baseline.slice(0, 1),
    warnings: [
      { code: "insufficient_history", detail: "There are fewer than 4 earlier windows to compare with." },
    ],
  },
  data: [],
};

const delivered = {
  delivery_id: "dlv_1",
  channel: "team",
  topic: "brief.weekly",
  status: "delivered",
  attempts: 3,
  response_status: 200,
  error: null,
  created_at: "2026-11-16T00:45:00.000Z",
  attempted_at: "2026-11-16T00:51:05.000Z",
  finished_at: "2026-11-16T00:51:05.000Z",
};
const dead = {
  ...delivered,
  delivery_id: "dlv_2",
  channel: "crm",
  status: "dead",
  attempts: 9,
  response_status: 500,
  error: "The receiver answered 500: <b>down</b>",
};

const counts = {
  ...{ total: 1854, primary: 1022, follow_up: 290, test: 42, blocked: 85, bot: 415 },
  ...{ vpn_count: 90, suspicious_count: 80, hot_count: 140 },
};
const top = (key: string, total: number) => ({ key, share: total / 1854, ...counts, total });

export const briefItem = {
  brief_id: "brief_1",
  projects: ["*"],
  ...span("2026-11-09", "2026-11-16"),
  timezone: zone,
  generated_at: "2026-11-16T00:45:00.000Z",
  title: "Week of 9 November 2026: 1,022 new leads",
  written_by: "template",
  deliveries: [delivered, dead],
};

export const brief = {
  ...briefItem,
  text: "Week of 9 November 2026\n\n1,022 new leads, 12 % more than the week before.\n",
  sections: [
    { title: "The week", lines: ["1,022 new leads, 12 % more than the week before."] },
    { title: "Worth knowing", lines: [silence.headline, rise.headline] },
  ],
  summary: {
    meta: {},
    totals: counts,
    rates: { actual: 0.551, hot: 0.076, bot: 0.224, blocked: 0.046, rejected: 0.27 },
    change: { ...counts, total: 0.12, primary: 0.118, bot: null },
    top: {
      project: [top("demo-saas", 1200)],
      country: [top("IN", 800), top("", 3)],
      source: [top("google", 700), top(hostile, 20)],
      utm_campaign: [],
    },
    busiest_hour: { hour: 23, total: 130 },
  },
  insights,
};

export const openAlert = {
  alert_id: "alert_1",
  projects: ["*"],
  kind: "silence",
  dimension: "source",
  value: hostile,
  state: "open",
  opened_at: new Date(Date.now() - 5 * 3_600_000).toISOString(),
  seen_at: new Date(Date.now() - 4 * 60_000).toISOString(),
  closed_at: null,
  insight: silence,
  deliveries: [{ ...dead, topic: "alert.opened", status: "pending", attempts: 2 }],
};
export const closedAlert = {
  ...openAlert,
  alert_id: "alert_2",
  kind: "rise",
  value: "newsletter",
  state: "closed",
  opened_at: "2026-11-14T08:00:00.000Z",
  closed_at: "2026-11-16T09:00:00.000Z",
  insight: rise,
  deliveries: [],
};

export const channels = [
  {
    id: "team",
    type: "slack",
    host: "hooks.slack.example",
    projects: ["*"],
    topics: ["brief", "alert"],
    quiet_hours: { from: "22:00", to: "07:00", timezone: zone },
    problem: null,
  },
  {
    id: "crm",
    type: "webhook",
    host: "crm.example",
    projects: ["demo-saas", "demo-events"],
    topics: ["alert"],
    quiet_hours: null,
    problem: "secret is missing: whsec_ and 24 to 64 bytes in base64.",
  },
];
export const deadDelivery = {
  ...dead,
  subject_id: "brief_1",
  projects: ["*"],
  body: { type: "brief.weekly", timestamp: "2026-11-16T00:45:00.000Z", data: { title: hostile } },
};
export const deliveredDelivery = { ...deadDelivery, ...delivered, topic: "test" };

export const list = <T>(data: T[], next_cursor: string | null = null) => ({ data, next_cursor });

export const answering =
  (json: unknown, status = 200) =>
  (route: Route) =>
    route.fulfill({ status, json });
export const refusing =
  (status: number, code: string, detail: string) =>
  (route: Route): Promise<void> =>
    route.fulfill({
      status,
      contentType: "application/problem+json",
      body: JSON.stringify({ status, code, detail, title: "Trouble", request_id: "req_of_this_test" }),
    });

export const paths = {
  insights: /\/analytics\/insights\?/,
  briefs: /\/api\/briefs(\?|$)/,
  brief: /\/api\/briefs\/brief_1$/,
  preview: /\/api\/briefs\/preview$/,
  openAlerts: /\/api\/alerts\?state=open/,
  closedAlerts: /\/api\/alerts\?state=closed/,
  channels: /\/api\/admin\/channels$/,
  deliveries: /\/api\/admin\/deliveries(\?|$)/,
};

/** Every one of these answers as above. */
export async function feed(page: Page) {
  await page.route(paths.insights, answering(insights));
  await page.route(paths.briefs, answering(list([briefItem])));
  await page.route(paths.brief, answering(brief));
  await page.route(paths.preview, answering({ ...brief, brief_id: null, deliveries: [] }));
  await page.route(paths.openAlerts, answering(list([openAlert])));
  await page.route(paths.closedAlerts, answering(list([closedAlert])));
  await page.route(paths.channels, answering(list(channels)));
  await page.route(paths.deliveries, answering(list([deadDelivery, deliveredDelivery])));
}
