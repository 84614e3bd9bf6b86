// What both peers speak of.

export interface PointBinding {
  writeDataPoint(point: { indexes: string[]; blobs: string[]; doubles: number[] }): void;
}

export interface Env {
  DB: D1Database;
  LEAD_SUBMISSIONS: PointBinding;
  POSTS_LIMIT: RateLimit;
  REJECTED_ROWS_LIMIT: RateLimit;
  LEADS_QUEUE: Queue<unknown>;
}

export interface Facts {
  submissionId: string;
  leadId: string;
  attempt: string;
  requestId: string;
  now: number;
  origin: string;
  ip: string;
  userAgent: string;
  country: string;
  region: string;
  city: string;
  asn: number;
  organization: string;
  botScore: number;
  botUserAgent: boolean;
  headersMissing: boolean;
  rateLimited: boolean;
}

export interface Contact {
  name: string;
  email: string;
  phone: string;
  callingCode: string; // "" where the phone was kept as sent
  company: string;
  message: string;
}

export interface Context {
  source: string;
  refererHost: string;
  referer: string;
  page: string;
  landingPath: string;
  cta: string;
  utm_source: string;
  utm_medium: string;
  utm_campaign: string;
  utm_term: string;
  utm_content: string;
  gclid: string;
  fbclid: string;
  msclkid: string;
  channel: string;
}

export interface Engagement {
  time_on_page: number | undefined;
  scroll_depth: number | undefined;
  pages_viewed: number | undefined;
  form_seconds: number | undefined;
}

export interface Submission {
  contact: Contact;
  context: Context;
  engagement: Engagement;
  consent: string;
  custom: string;
  honeypotFilled: boolean;
}

export interface ReasonGiven {
  code: string;
  detail: string;
}

export interface Verdict {
  type: string;
  accepted: boolean;
  vpn: boolean;
  suspicious: boolean;
  hot: boolean;
  leadScore: number;
  botScore: number;
  engagement: string;
  temperature: string;
  reasons: ReasonGiven[];
}

export interface FieldFault {
  name: string;
  reason: string;
  code: string;
}
