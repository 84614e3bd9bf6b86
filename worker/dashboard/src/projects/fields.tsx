// Fields of a form: label, hint and error belong to their control; the API's words about a field stand at the field.

import { Plus, X } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useId, useRef } from "react";
import { Problem } from "../api/http.ts";
import { Notice } from "../ui/notice.tsx";
import { splitLines } from "./settings.ts";

/** "allowed_origins[2]", the API's name of an item, is of the field "allowed_origins". */
const itemName = /^(.*)\[(\d+)\]$/;
const fieldOf = (name: string) => itemName.exec(name)?.[1] ?? name;

/** What the API says of one field, whose label stands above it; undefined: nothing. */
export function errorOf(error: unknown, name: string): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  const reason = error.invalidParams.find((param) => fieldOf(param.name) === name)?.reason;
  return reason?.startsWith(`${name} is `) ? `It${reason.slice(name.length)}` : reason;
}

/** Which items of `sent` the API has refused; undefined: it names none. */
export function refusedOf(
  error: unknown,
  name: string,
  sent: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!(error instanceof Problem)) return undefined;
  const places = error.invalidParams.flatMap((param) => {
    const [, field, place] = itemName.exec(param.name) ?? [];
    return field === name ? [Number(place)] : [];
  });
  return places.length === 0 ? undefined : places.flatMap((place) => sent?.[place] ?? []);
}

/** Moves the focus to the first wrong field whenever the API has refused what was sent. */
export function useFocusOnError(error: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error === null || error === undefined) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus();
  }, [error]);
  return form;
}

/** What went wrong and belongs to none of the fields that the form has. */
export function FormError({ error, names }: { error: unknown; names: readonly string[] }) {
  if (error === null || error === undefined) return null;
  const problem = error instanceof Problem ? error : undefined;
  const others = problem?.invalidParams.filter(({ name }) => !names.includes(fieldOf(name))) ?? [];
  const isAtFields = problem !== undefined && problem.invalidParams.length > 0 && others.length === 0;
  if (isAtFields) return null;
  return (
    <Notice tone="bad">
      {problem?.message ?? "Something went wrong on this page. Nothing was saved."}
      {others.map(({ name, reason }) => (
        <p key={name}>
          <code>{name}</code>: {reason}
        </p>
      ))}
    </Notice>
  );
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
}

function Around({
  id,
  label,
  hint,
  error,
  children,
}: FieldProps & { id: string; children: (described: string | undefined) => ReactNode }) {
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(
    Boolean,
  );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(described.length > 0 ? described.join(" ") : undefined)}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

export function TextField({
  value,
  onChange,
  type = "text",
  required = false,
  code = false,
  placeholder,
  inputMode,
  maxLength,
  ...field
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "datetime-local";
  required?: boolean;
  /** Written by machines and read by them: no spelling help. */
  code?: boolean;
  placeholder?: string;
  inputMode?: "numeric";
  maxLength?: number;
}) {
  const id = useId();
  return (
    <Around id={id} {...field}>
      {(described) => (
        <input
          id={id}
          className={code ? "input code" : "input"}
          type={type}
          value={value}
          required={required}
          placeholder={placeholder}
          inputMode={inputMode}
          maxLength={maxLength}
          spellCheck={!code}
          autoComplete="off"
          autoCapitalize={code ? "off" : undefined}
          dir={code ? undefined : "auto"}
          aria-invalid={field.error !== undefined}
          aria-describedby={described}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Around>
  );
}

export function SelectField({
  value,
  options,
  onChange,
  ...field
}: FieldProps & {
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <Around id={id} {...field}>
      {(described) => (
        <select
          id={id}
          className="input"
          value={value}
          aria-invalid={field.error !== undefined}
          aria-describedby={described}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Around>
  );
}

/** A list, one item a line: Enter adds a line, Backspace in an empty one removes it, several can be pasted at once. */
export function ListField({
  label,
  item,
  hint,
  error,
  refused,
  placeholder,
  values,
  onChange,
}: FieldProps & {
  /** What one is called: "origin". */
  item: string;
  placeholder: string;
  values: string[];
  /** Of which items the error is; undefined: of the whole list. */
  refused?: readonly string[] | undefined;
  onChange: (values: string[]) => void;
}) {
  const id = useId();
  const isWrong = (value: string) =>
    error !== undefined && (refused === undefined || refused.includes(value.trim()));
  const group = useRef<HTMLFieldSetElement>(null);
  const wanted = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const inputs = group.current?.querySelectorAll("input") ?? [];
    const next = inputs[Math.min(wanted.current, inputs.length - 1)];
    wanted.current = undefined;
    if (next !== undefined) next.focus();
    else group.current?.querySelector("button")?.focus();
  });
  const put = (at: number, remove: number, items: string[], focus: number) => {
    wanted.current = focus;
    onChange(values.toSpliced(at, remove, ...items));
  };
  const add = (at: number) => put(at, 0, [""], at);
  const remove = (at: number) => put(at, 1, [], Math.max(0, at - 1));
  return (
    <fieldset className="field list-field" ref={group} aria-describedby={`${id}-hint`}>
      <legend className="label">{label}</legend>
      <ul>
        {values.map((value, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
          <li key={at}>
            <input
              className="input code"
              value={value}
              placeholder={placeholder}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
              aria-label={`${item} ${at + 1}`}
              aria-invalid={isWrong(value)}
              aria-describedby={isWrong(value) ? `${id}-error` : undefined}
              onChange={(event) => onChange(values.with(at, event.target.value))}
              onKeyDown={(event) => {
                if (event.key === "Enter" && !event.nativeEvent.isComposing) {
                  event.preventDefault();
                  if (value.trim() !== "") add(at + 1);
                } else if (event.key === "Backspace" && value === "") {
                  event.preventDefault();
                  remove(at);
                }
              }}
              onPaste={(event) => {
                const items = splitLines(event.clipboardData.getData("text"));
                if (items.length < 2) return;
                event.preventDefault();
                const kept = value.trim() === "" ? [] : [value];
                put(at, 1, [...kept, ...items], at + kept.length + items.length - 1);
              }}
            />
            <button
              type="button"
              className="button quiet icon small"
              aria-label={`Remove ${item} ${at + 1}`}
              onClick={() => remove(at)}
            >
              <X aria-hidden size={16} />
            </button>
          </li>
        ))}
      </ul>
      <div>
        <button type="button" className="button small" onClick={() => add(values.length)}>
          <Plus aria-hidden size={14} />
          Add {item}
        </button>
      </div>
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
      {error !== undefined && (
        <p className="error" id={`${id}-error`} role={values.length === 0 ? "alert" : undefined}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
