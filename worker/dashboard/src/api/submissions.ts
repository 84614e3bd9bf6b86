// Submissions: reading, correcting and erasing them, as docs/api/leads.md describes it.

import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import type { EventType, Flag } from "../words.ts";
import { requestJson } from "./http.ts";
import { useChangeOnce } from "./once.ts";

export interface Reason {
  code: string;
  /** The meaning and, after a colon, what it was about; "" where the person was erased. */
  detail: string;
}

/** Members of the context that are not known are left out; contact fields that are not known are null. */
export interface Submission {
  submission_id: string;
  project: string;
  lead_id: string | null;
  event_type: EventType;
  flags: Record<Flag, boolean>;
  lead_score: number;
  bot_score: number;
  reasons: Reason[];
  ruleset: string;
  /** HTTP status that the sender got. */
  status: number;
  received_at: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  company: string | null;
  message: string | null;
  consent: string | null;
  ip: string | null;
  user_agent: string | null;
  custom: Record<string, unknown>;
  erased_at: string | null;
  source?: string;
  referer?: string;
  page?: string;
  cta?: string;
  channel?: string;
  origin?: string;
  country?: string;
  region?: string;
  city?: string;
  as_organization?: string;
  asn?: number;
  time_on_page?: number;
  scroll_depth?: number;
  pages_viewed?: number;
  form_seconds?: number;
}

export interface SubmissionPage {
  data: Submission[];
  next_cursor: string | null;
  /** How far back the page looked; null where the list has ended. */
  searched_to: string | null;
}

const path = (id: string) => `/api/submissions/${encodeURIComponent(id)}`;

export const exportPath = (question: URLSearchParams) => {
  const all = new URLSearchParams(question);
  all.delete("limit");
  all.delete("cursor");
  all.set("format", "ndjson");
  return `/api/submissions?${all}`;
};

export function useSubmissions(question: URLSearchParams, enabled: boolean) {
  const text = question.toString();
  return useQuery({
    queryKey: ["submissions", "list", text],
    queryFn: ({ signal }) => requestJson<SubmissionPage>(`/api/submissions?${text}`, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    enabled,
  });
}

interface VerdictPart {
  event_type: EventType;
  /** "" where none is known. */
  reason: string;
}

export interface Correction {
  from: VerdictPart;
  to: VerdictPart;
  note: string;
  key_id: string;
  corrected_at: string;
  undone_at: string | null;
}

/** Thresholds, weights and parts are null where another rule set than the present one judged. */
export interface Why {
  /** What the rules judged it to be, whatever a person made of it. */
  event_type: EventType;
  /** One sentence: which rule had the last word. */
  decided: string;
  bot_score: number;
  bot_threshold: number | null;
  bot_reached: boolean | null;
  reasons: { code: string; of: string; text: string; weight: number | null; detail: string | null }[];
  person_reason: { code: string; text: string } | null;
  lead_score: number;
  hot_threshold: number | null;
  hot_reached: boolean | null;
  lead_score_parts: { part: string; text: string; points: number }[] | null;
  status: number;
  ruleset: string;
}

export interface SubmissionDetail extends Submission {
  counted_at: string | null;
  why: Why;
  /** Oldest first. */
  corrections: Correction[];
  can_correct: boolean;
  /** Why not. */
  can_correct_detail: string | null;
  can_undo: boolean;
  can_undo_detail: string | null;
  can_erase: boolean;
  can_erase_detail: string | null;
  /** What erases the person; null where that was done. */
  erase: Erasure | null;
}

/** The request that erases a person, and what it finds them by. */
export interface Erasure {
  what: "lead" | "email" | "submission";
  id: string;
  method: "DELETE";
  path: string;
}

/** After a correction: whether reports show it already. */
export type Corrected = SubmissionDetail & { reports: "applied" | "pending" };

const one = (id: string) => ["submissions", "one", id] as const;

export function useSubmission(id: string) {
  return useQuery({
    queryKey: one(id),
    queryFn: ({ signal }) => requestJson<SubmissionDetail>(path(id), { signal }),
    staleTime: 10_000,
  });
}

/** Lists, and the reports that count it under another type from now on. */
const forgetCounts = (client: QueryClient) =>
  Promise.all([
    client.invalidateQueries({ queryKey: ["submissions", "list"] }),
    client.invalidateQueries({ queryKey: ["lead-stats"] }),
    client.invalidateQueries({ queryKey: ["realtime"] }),
    client.invalidateQueries({ queryKey: ["suggestions"] }),
  ]);

function useMove<V>(id: string, move: (variables: V) => Promise<Corrected>) {
  const client = useQueryClient();
  return useChangeOnce({
    mutationFn: move,
    onSuccess: (submission) => {
      client.setQueryData(one(id), submission);
      return forgetCounts(client);
    },
    // It is not as it was shown: what is possible now is worth knowing.
    onError: () => client.invalidateQueries({ queryKey: one(id) }),
  });
}

export const useCorrect = (id: string) =>
  useMove(id, (note: string) =>
    requestJson<Corrected>(`${path(id)}/correction`, { method: "POST", json: { note } }),
  );
export const useUndoCorrection = (id: string) =>
  useMove<void>(id, () => requestJson<Corrected>(`${path(id)}/correction`, { method: "DELETE" }));

export function useErase() {
  const client = useQueryClient();
  return useChangeOnce({
    mutationFn: ({ method, path: erased }: Erasure) =>
      requestJson<{ erased_leads: number; erased_submissions: number }>(erased, { method }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["submissions"] }),
  });
}
