/**
 * What is known about the visit: where it began, how far it went, what was clicked.
 *
 * A visit is one tab's session (sessionStorage), so it ends with the tab and nothing follows a person further. The
 * first page of the visit decides source, UTM and click ids: a later page without them must not erase them.
 */
import { attempt, on } from "./attempt.ts";

const STORE = "leadledger.visit";
const LANDING = /^((utm_)?source|utm_(medium|campaign|term|content)|(gcl|fbcl|msclk)id)$/;
const CTA = "data-lead-cta";

interface Visit {
  first: Record<string, string>;
  pages: number;
  cta: string;
}

function landing(): Visit {
  const first: Record<string, string> = { first_page: location.pathname };
  new URLSearchParams(location.search).forEach((value, name) => {
    if (LANDING.test(name)) first[name] = value;
  });
  // A page of the same site in another tab is not where the visitor came from.
  const referer = document.referrer;
  if (referer && referer.split("/")[2] !== location.host) first.referer = referer;
  return { first, pages: 0, cta: "" };
}

const visit: Visit = attempt(() => JSON.parse(sessionStorage[STORE])) || landing();
const save = () => attempt(() => (sessionStorage[STORE] = JSON.stringify(visit)));
visit.pages++;
save();

let deepest = 0;
function look(): void {
  const seen = ((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100;
  deepest = Math.max(deepest, Math.min(100, Math.round(seen)));
}
addEventListener("scroll", look);

/** The label of a call to action: what its attribute says, else what a person reads on it. */
const label = (element: Element): string =>
  element.getAttribute(CTA) || ((element as HTMLInputElement).value || element.textContent || "").trim();

function onClick(event: Event): void {
  const clicked = (event.target as Element).closest(`[${CTA}]:not(form)`);
  if (!clicked) return;
  visit.cta = label(clicked);
  save();
}
on("click", onClick, true); // capturing: before a page's own handler can stop it

/** The context of a submission made now. `started` is when the form got its first input, if it did. */
export function context(form: Element, submitter: Element | null, started?: number): Record<string, unknown> {
  look();
  const now = performance.now();
  return {
    ...visit.first,
    page: location.href.split("#")[0], // a fragment may hold secrets of the page
    cta: form.getAttribute(CTA) || visit.cta || (submitter && label(submitter)),
    time_on_page: Math.round(now / 1000),
    scroll_depth: deepest,
    pages_viewed: visit.pages,
    form_seconds: started && Math.round((now - started) / 100) / 10,
  };
}
