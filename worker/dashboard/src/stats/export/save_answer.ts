// An answer that is on the page as a file: written here by the core, else by the server.

import { request } from "../../api/http.ts";
import { queryClient, sessionKey } from "../../api/query_client.ts";
import { onlyProject, type Session } from "../../api/session.ts";
import type { LeadStats } from "../../api/stats.ts";
import { reportPath, sourceOf } from "../queries.ts";
import { coreFile, coreName, exportCore } from "./core.ts";
import { type FileKind, formatOf, mediaTypes, nameOf, saveBlob, stemOf } from "./files.ts";

async function fromServer(question: string, kind: FileKind, otherwise: string) {
  const asked = new URLSearchParams(question);
  // Hours of the week have no place in rows, so the server refuses them there.
  asked.delete("include");
  asked.set("format", formatOf(kind));
  if (kind === "excel") asked.set("bom", "1");
  const response = await request(`${reportPath}?${asked}`);
  return { content: await response.blob(), name: nameOf(response.headers) ?? otherwise };
}

const projectOfKey = () => {
  const session = queryClient.getQueryData<Session | null>(sessionKey);
  return session ? onlyProject(session) : undefined;
};

/** "lead-stats-hours_acme_2026-11-14_2026-11-20_Asia-Kolkata.png": named as the files of the same answer are. */
export async function pictureName(answer: LeadStats, slug: string): Promise<string> {
  const source = sourceOf(answer);
  if (source === undefined) return `${stemOf(answer.meta, slug)}.png`;
  try {
    const name = coreName(await exportCore(), source.text, "csv", projectOfKey());
    return name.replace(/^lead-stats/, `lead-stats-${slug}`).replace(/csv$/, "png");
  } catch (error) {
    console.warn("The export module cannot be used; the picture has a shorter name.", error);
    return `${stemOf(answer.meta, slug)}.png`;
  }
}

/** The name that the file was saved as. */
export async function saveAnswer(answer: LeadStats, kind: FileKind): Promise<string> {
  const format = formatOf(kind);
  const source = sourceOf(answer);
  if (source === undefined) throw new Error("An answer without its text.");
  const otherwise = `${stemOf(answer.meta)}.${format}`;
  let file: { content: BlobPart; name: string };
  try {
    file = coreFile(await exportCore(), source.text, kind, projectOfKey());
  } catch (error) {
    console.warn("The export module cannot be used; the server writes the file.", error);
    file =
      format === "json"
        ? { content: source.text, name: otherwise }
        : await fromServer(source.question, kind, otherwise);
  }
  saveBlob(new Blob([file.content], { type: mediaTypes[format] }), file.name);
  return file.name;
}
