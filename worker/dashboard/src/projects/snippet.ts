// The form to put on a website, as docs/form.md describes it.

import type { Project } from "../api/projects.ts";

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A page to be sent on to: on the first website that is one address and no pattern. */
const thanksPage = (origins: readonly string[]) =>
  `${origins.find((origin) => !origin.includes("*")) ?? "https://www.example.com"}/thanks`;

/** `origin`: of this Leadledger. */
export function snippetOf(
  { slug, honeypot_field, allowed_origins }: Pick<Project, "slug" | "honeypot_field" | "allowed_origins">,
  origin: string,
): string {
  const honeypot = escaped(honeypot_field);
  // lead.js finds the usual honeypot by itself; another one has to be named.
  const named = honeypot_field === "lead_hp" ? "" : ` data-lead-honeypot="${honeypot}"`;
  return `<script src="${origin}/lead.js" defer></script>

<form action="${origin}/api/leads" method="post" data-lead-project="${escaped(slug)}"${named}>
  <input type="hidden" name="project" value="${escaped(slug)}">
  <input type="hidden" name="redirect" value="${escaped(thanksPage(allowed_origins))}">
  <label>Name <input name="name" autocomplete="name"></label>
  <label>E-mail <input name="email" type="email" autocomplete="email" required></label>
  <label>Message <textarea name="message"></textarea></label>
  <div class="off-screen" aria-hidden="true"><input name="${honeypot}" tabindex="-1" autocomplete="off"></div>
  <button>Send</button>
</form>

<style>.off-screen { position: absolute; left: -9999px; }</style>
`;
}
