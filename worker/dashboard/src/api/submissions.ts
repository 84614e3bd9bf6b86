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
}

const path = (id: string) => `/api/submissions/${encodeURIComponent(id)}`;

export const exportPath = (question: URLSearchParams) => {
  const all = new URLSearchParams(question);
  all.delete("limit");
  all.delete("cursor");
  all.set("format", "ndjson");
  return `/api/submissions?${all}`;
};

export function useSubmissions(question: URLSearchParams) {
  const text = question.toString();
  return useQuery({
    queryKey: ["submissions", "list", text],
    queryFn: ({ signal }) => requestJson<SubmissionPage>(`/api/submissions?${text}`, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}

/**
 * How far back a page that ends at `cursor` has looked: where the next older submission, of whatever kind, was received.
 * A narrowed list reads a bounded stretch of the ledger at a time and does not tell its end. null: nothing to tell.
 */
export function useLookedBackTo(cursor: string | null) {
  return useQuery({
    queryKey: ["submissions", "before", cursor],
    queryFn: async ({ signal }) => {
      const parameters = new URLSearchParams({ limit: "1", cursor: cursor ?? "" });
      const page = await requestJson<SubmissionPage>(`/api/submissions?${parameters}`, { signal });
      return page.data[0]?.received_at ?? null;
    },
    enabled: cursor !== null,
    retry: false,
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
  reasons: { code: string; of: string; text: string; weight: number | null; detail: string | null }[];
  person_reason: { code: string; text: string } | null;
  lead_score: number;
  hot_threshold: number | null;
  lead_score_parts: { part: string; points: number }[] | null;
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

/** By what a person is found: the lead, else the address, else the one submission alone. */
export type Erasable = { kind: "lead" | "email" | "submission"; id: string };

export function erasableOf({ lead_id, email, submission_id }: Submission): Erasable {
  if (lead_id !== null) return { kind: "lead", id: lead_id };
  if (email !== null) return { kind: "email", id: email };
  return { kind: "submission", id: submission_id };
}

const erasePath = {
  lead: (id: string) => `/api/leads/${encodeURIComponent(id)}`,
  email: (id: string) => `/api/leads?email=${encodeURIComponent(id)}`,
  submission: path,
};

export function useErase() {
  const client = useQueryClient();
  return useChangeOnce({
    mutationFn: ({ kind, id }: Erasable) =>
      requestJson<{ erased_leads: number; erased_submissions: number }>(erasePath[kind](id), {
        method: "DELETE",
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["submissions"] }),
  });
}
