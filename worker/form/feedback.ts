/** What a person sees and a screen reader says: the form's status line and the errors of its fields. */
import type { Answer } from "./outbox.ts";

type Kind = "sending" | "success" | "pending" | "error";

const TEXTS: Record<Kind, string> = {
  sending: "Sending…",
  success: "Thank you. Your message has been sent.",
  pending: "Your message is saved and will be sent when you are back online.",
  error: "Your message could not be sent. Please try again.",
};
const STATUS = "data-lead-status";
const DESCRIBED = "aria-describedby";

type Field = HTMLInputElement;
const undo = new Map<Field, () => void>();
let ids = 0;

/** Inputs may be named "action" or "dataset" and hide the form's own property, so only attributes are read. */
export const option = (form: Element, name: string): string => form.getAttribute(`data-lead-${name}`) || "";

const controls = (form: HTMLFormElement) => [...form.elements] as Field[];

/** The first control of that name, also one outside the form that belongs to it. */
export const control = (form: HTMLFormElement, name: string): Field | undefined =>
  controls(form).find((field) => field.name === name);

/** The form's live region. It has to be there before it is filled, or some screen readers miss the first text. */
export function region(form: Element): Element {
  const found = form.querySelector(`[${STATUS}]`);
  if (found) return found;
  const made = form.appendChild(document.createElement("p"));
  made.setAttribute(STATUS, "");
  made.setAttribute("role", "status");
  return made;
}

export function say(form: Element, kind: Kind, text?: string): void {
  const line = region(form);
  line.setAttribute(STATUS, kind);
  line.setAttribute("role", kind === "error" ? "alert" : "status");
  line.textContent = option(form, kind) || text || TEXTS[kind];
}

/** Takes back the errors of a form, or only those of the fields named like `only`. */
export function clear(form: Element, only?: Field): void {
  undo.forEach((take, field) => {
    if (field.form === form && (!only || only.name === field.name)) take();
  });
}

function mark(field: Field, reason: string): void {
  const before = field.getAttribute(DESCRIBED) || "";
  const text = document.createElement("span");
  text.id = `lead-error-${++ids}`;
  text.className = "lead-error";
  text.textContent = reason;
  (field.closest("label") || field).after(text); // inside the label it would become part of the name
  field.setAttribute("aria-invalid", "true");
  field.setAttribute(DESCRIBED, `${before} ${text.id}`.trim());
  undo.set(field, () => {
    undo.delete(field);
    text.remove();
    field.removeAttribute("aria-invalid");
    field.setAttribute(DESCRIBED, before);
  });
}

/**
 * Shows a refusal: at each field what is wrong with it, at the form the rest. Focus goes to the first field as a
 * person reads the page, whatever the order of the answer; not when the person no longer waits for it.
 */
export function refuse(form: HTMLFormElement, answer: Answer, attended: boolean): void {
  const params = answer.invalid_params || [];
  let first: Field | undefined;
  for (const field of controls(form)) {
    const param = params.find(({ name }) => name === field.name);
    if (!param || field.type === "hidden") continue;
    params.splice(params.indexOf(param), 1);
    mark(field, param.reason);
    first = first || field;
  }
  say(form, "error", [answer.detail, ...params.map((param) => param.reason)].filter(Boolean).join(" "));
  if (attended) first?.focus();
}
