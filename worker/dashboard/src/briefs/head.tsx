// What is said of a brief in few words: whose it is, of which days, who wrote it.

import type { BriefItem } from "../api/briefs.ts";
import { projectsText } from "../deliveries/words.ts";
import { formatRange } from "../format.ts";

export const writtenBy: Record<BriefItem["written_by"], string> = {
  template: "Written from a template",
  model: "Written by a model; its numbers were checked against the facts",
};

export const periodText = ({ from, to, timezone }: BriefItem) => formatRange(from, to, timezone);

/** "All projects"; a scope of several by their slugs. */
export const scopeText = ({ projects }: BriefItem) => projectsText(projects);
