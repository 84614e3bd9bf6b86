// What the figures are of, in words: days, projects.

import type { Session } from "../../api/session.ts";
import type { Meta } from "../../api/stats.ts";
import { formatList, formatRange, formatSpan } from "../../format.ts";
import { dateIn } from "../../view/range.ts";
import type { Filter } from "../../view/view.ts";
import { filterValues } from "./filter_words.ts";

/** "1 – 21 Nov 2026, so far": days, or hours of today, that are still to come are not counted yet. */
export function spanText({ from, to, timezone, generated_at }: Meta): string {
  const day = (instant: number) => dateIn(new Date(instant), timezone);
  const today = day(Date.parse(generated_at));
  const lastDay = day(Date.parse(to) - 1);
  const tomorrow = today.add({ days: 1 }).toDate(timezone);
  const endsToday = lastDay.compare(today) === 0 && Date.parse(to) < tomorrow.getTime();
  const isRunning =
    Date.parse(to) > Date.parse(generated_at) &&
    (endsToday || lastDay.compare(today) > 0) &&
    day(Date.parse(from)).compare(today) <= 0;
  if (!isRunning) return formatSpan(from, to, timezone);
  return `${formatRange(from, tomorrow.toISOString(), timezone)}, so far`;
}

/** "All projects"; "Project acme"; "All projects but acme". */
export function projectsText(filters: readonly Filter[], { projects }: Pick<Session, "projects">): string {
  const reached = projects.includes("*")
    ? "All projects"
    : projects.length === 1
      ? `Project ${projects[0]}`
      : `Projects ${formatList(projects)}`;
  const asked = filters.filter(({ dimension, values }) => dimension === "project" && values.length > 0);
  const [only] = asked;
  if (only === undefined) return reached;
  if (asked.length > 1) return `${reached} that the filters let through`;
  const named = filterValues(only, only.values.length);
  if (only.negated) return `${reached} but ${only.contains ? `those with ${named}` : named}`;
  if (only.contains) return `Projects with ${named}`;
  return `${only.values.length === 1 ? "Project" : "Projects"} ${named}`;
}
