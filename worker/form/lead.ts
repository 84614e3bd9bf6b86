/**
 * lead.js: makes every `form[data-lead-project]` of a page a reliable one. See docs/form.md.
 *
 * Events are heard at the document, so forms that appear later work without being found first. Until `preventDefault`
 * nothing has happened that a native post would not survive: whatever fails before it leaves a working form.
 */
import { attempt, on } from "./attempt.ts";
import { clear, control, option, refuse, region, say } from "./feedback.ts";
import { type Answer, type Entry, isSaved, pending, send, start } from "./outbox.ts";
import { context } from "./visit.ts";

type Form = HTMLFormElement;
type Submitter = HTMLInputElement | null;

const FORMS = "form[data-lead-project]";
const PATH = "/api/leads";
const BUSY = "aria-busy";

const script = document.currentScript as HTMLScriptElement | null;
const started = new WeakMap<Element, number>();
const owners = new Map<string, Form>(); // by key: the form that its submission came from
const newest = new WeakMap<Form, string>(); // the key of a form's last submission, the one whose outcome it shows

/** An input that people never reach. Off-screen instead of hidden, because bots leave out what is hidden. */
function addHoneypot(form: Form): void {
  const name = option(form, "honeypot") || "lead_hp";
  if (control(form, name)) return;
  const input = document.createElement("input");
  input.setAttribute("aria-hidden", "true");
  input.style.cssText = "position:absolute;left:-9999px"; // through CSSOM, which a strict CSP allows
  input.name = name;
  input.autocomplete = "off";
  input.tabIndex = -1;
  form.append(input);
}

/** Gives every form what it lacks. Runs at every change of the page, so it must be cheap and change nothing twice. */
function enhance(): void {
  for (const form of document.querySelectorAll<Form>(FORMS)) {
    attempt(() => {
      addHoneypot(form);
      region(form);
    });
  }
}

function read(form: Form, submitter?: Submitter): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  data.forEach((_, name) => {
    const texts = data.getAll(name).filter((value) => typeof value === "string"); // files are left out
    if (texts.length) fields[name] = texts.length > 1 ? texts : texts[0];
  });
  fields.project = option(form, "project");
  delete fields.redirect; // only for the native post; here the page itself goes on
  return fields;
}

function endpoint(form: Form): string {
  const action = new URL(form.getAttribute("action") || "", document.baseURI);
  return action.pathname.endsWith(PATH)
    ? action.href
    : new URL(PATH, script ? script.src : location.href).href;
}

/** The entry of what the form says now: the one that waits with the same content, else a new one. */
function compose(form: Form, submitter: Submitter): Entry {
  const fields = read(form, submitter);
  const sign = JSON.stringify(fields);
  const waiting = pending().find((entry) => entry.sign === sign);
  if (waiting) return waiting;
  const known = context(form, submitter, started.get(form));
  for (const name in known) fields[name] = fields[name] || known[name]; // what the form says itself goes first
  return {
    key: crypto.getRandomValues(new Uint32Array(4)).join("-"), // randomUUID is missing on plain http
    url: endpoint(form),
    made: Date.now(),
    after: 0,
    tried: 0,
    sign,
    body: JSON.stringify(fields),
  };
}

function redirect(form: Form): boolean {
  const input = control(form, "redirect");
  const to = option(form, "redirect") || input?.value;
  const url = to && new URL(to, document.baseURI).href;
  if (!url || !/^http/.test(url)) return false; // never javascript:
  location.assign(url);
  return true;
}

function settle(entry: Entry, answer?: Answer): void {
  const form = owners.get(entry.key);
  const sent = answer?.submission_id;
  const kind = sent ? "success" : answer || !isSaved(entry) ? "error" : "pending";
  if (answer) owners.delete(entry.key);
  const event = new CustomEvent<unknown>(`lead:${kind}`, { bubbles: true, cancelable: true, detail: answer });
  if (!form || newest.get(form) !== entry.key) {
    (form || document).dispatchEvent(event);
    return;
  }
  const attended = form.hasAttribute(BUSY); // else the person may be busy with something else by now
  form.removeAttribute(BUSY);
  if (!form.dispatchEvent(event)) return; // the page shows the outcome itself
  if (sent) {
    if (JSON.stringify(read(form)) === entry.sign) form.reset();
    started.delete(form);
    if (attended && redirect(form)) return;
  }
  if (answer && !sent) refuse(form, answer, attended);
  else say(form, kind);
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as Form;
  if (event.defaultPrevented || !form.matches(FORMS)) return;
  const entry = compose(form, event.submitter as Submitter);
  event.preventDefault();
  if (form.hasAttribute(BUSY)) return;
  form.setAttribute(BUSY, "true");
  clear(form);
  say(form, "sending");
  owners.set(entry.key, form);
  newest.set(form, entry.key);
  send(entry);
}

function onInput(event: Event): void {
  const field = event.target as HTMLInputElement;
  const form = field.form;
  if (!form) return;
  if (!started.has(form)) started.set(form, performance.now());
  clear(form, field);
}

function begin(): void {
  enhance();
  new MutationObserver(enhance).observe(document, { childList: true, subtree: true });
  start(settle);
}

attempt(() => {
  on("submit", onSubmit);
  on("input", onInput);
  if (document.readyState === "loading") on("DOMContentLoaded", begin);
  else begin();
});
