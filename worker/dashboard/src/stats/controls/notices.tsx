// What must be known about the figures below: one calm line each, and none where there is nothing to say.

import { formatTime } from "../../format.ts";
import { Notice } from "../../ui/notice.tsx";
import type { LeadStatsQuery } from "../queries.ts";
import { droppedNote, notesOf } from "./notice_words.ts";
import "../../styles/controls.css";

export function Notices({ stats, dropped }: { stats: LeadStatsQuery; dropped: readonly string[] }) {
  const { data } = stats;
  const notes = [
    ...(dropped.length > 0 ? [droppedNote(dropped)] : []),
    ...(data === undefined ? [] : notesOf(data, Date.now())),
  ];
  const loud = notes.filter(({ tone }) => tone !== "quiet");
  const quiet = notes.filter(({ tone }) => tone === "quiet");
  if (notes.length === 0 && (!stats.isError || data === undefined)) return null;
  return (
    <section className="notices" aria-label="About these figures">
      {stats.isError && data !== undefined && (
        <Notice tone="warn">
          The figures could not be counted anew: {stats.error.message} Shown are those of{" "}
          {formatTime(data.meta.generated_at, "time", data.meta.timezone)}.{" "}
          <button type="button" className="link-button no-print" onClick={() => void stats.refetch()}>
            Try again
          </button>
        </Notice>
      )}
      {loud.map(({ key, tone, text }) => (
        <Notice key={key} tone={tone === "warn" ? "warn" : "info"}>
          {text}
        </Notice>
      ))}
      {quiet.length > 0 && <p className="quiet-notes">{quiet.map(({ text }) => text).join(" ")}</p>}
    </section>
  );
}
