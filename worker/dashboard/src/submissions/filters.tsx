// What to look for: a text, and what narrows the list.

import { Search as Glass, X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { flags, limits, reasons } from "~schema";
import { useSlugs } from "../api/projects.ts";
import type { Session } from "../api/session.ts";
import { countLabels, eventTypeLabels, eventTypes, reasonText } from "../words.ts";
import {
  afterDay,
  daysFault,
  isNarrowed,
  isTooShort,
  isWholeDate,
  lastDayOf,
  type Search,
} from "./search.ts";

const PAUSE_MS = 350;

export type Change = (change: Partial<Search>, how?: { replace: boolean }) => void;

function SearchBox({ search, change }: { search: Search; change: Change }) {
  const id = useId();
  const [text, setText] = useState(search.q);
  const sent = useRef(search.q);
  // Back, and the button that clears everything, change the search from outside.
  useEffect(() => {
    if (search.q !== sent.current) {
      sent.current = search.q;
      setText(search.q);
    }
  }, [search.q]);
  const send = (value: string, replace: boolean) => {
    const wanted = isTooShort(value) ? "" : value.trim();
    if (wanted === sent.current) return;
    sent.current = wanted;
    change({ q: wanted }, { replace });
  };
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    const timer = setTimeout(() => latest.current(text, true), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <form
      className="field search-box"
      onSubmit={(event) => {
        event.preventDefault();
        send(text, false);
      }}
    >
      <label htmlFor={id}>Search</label>
      <div className="with-icon">
        <Glass aria-hidden size={16} />
        <input
          id={id}
          className="input"
          type="search"
          placeholder="Name, e-mail, phone, company or id"
          maxLength={limits.max_search_chars}
          spellCheck={false}
          autoComplete="off"
          value={text}
          aria-describedby={`${id}hint`}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <p id={`${id}hint`} className="hint" role="status">
        {isTooShort(text) && "Two letters or more."}
      </p>
    </form>
  );
}

function Select({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">All</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function DateField({
  label,
  value,
  fault = null,
  onChange,
}: {
  label: string;
  value: string;
  fault?: string | null;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <div className="field date">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        type="date"
        value={text}
        aria-invalid={fault !== null}
        aria-describedby={`${id}fault`}
        onChange={(event) => {
          setText(event.target.value);
          if (isWholeDate(event.target.value)) onChange(event.target.value);
        }}
      />
      {fault !== null && (
        <p id={`${id}fault`} className="error" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

/** What the API's parameters are called here. */
const labels = new Map([
  ["q", "Search"],
  ["project", "Project"],
  ["event_type", "Type"],
  ["reason", "Reason"],
  ["flag", "Flag"],
  ["from", "From"],
  ["to", "Until"],
  ["lead_id", "Person"],
  ["cursor", "The page"],
]);
export const labelOf = (parameter: string) => labels.get(parameter);

export function Filters({
  session,
  search,
  change,
  clear,
}: {
  session: Session;
  search: Search;
  change: Change;
  clear: () => void;
}) {
  const slugs = new Set(useSlugs(session));
  if (search.project !== "") slugs.add(search.project);
  return (
    <search className="filters no-print">
      <SearchBox search={search} change={change} />
      <Select
        label="Project"
        value={search.project}
        options={[...slugs].map((slug) => ({ value: slug, label: slug }))}
        onChange={(project) => change({ project })}
      />
      <Select
        label="Type"
        value={search.event_type}
        options={eventTypes.map((type) => ({ value: type, label: eventTypeLabels[type] }))}
        onChange={(type) => change({ event_type: type as Search["event_type"] })}
      />
      <Select
        label="Reason"
        value={search.reason}
        options={reasons.map(({ code }) => ({ value: code, label: reasonText(code) }))}
        onChange={(reason) => change({ reason })}
      />
      <Select
        label="Flag"
        value={search.flag}
        options={flags.map((flag) => ({ value: flag, label: countLabels[`${flag}_count`] }))}
        onChange={(flag) => change({ flag: flag as Search["flag"] })}
      />
      <DateField label="From" value={search.from} onChange={(from) => change({ from })} />
      <DateField
        label="Until (included)"
        value={lastDayOf(search.to)}
        fault={daysFault(search)}
        onChange={(last) => change({ to: afterDay(last) })}
      />
      {(isNarrowed(search) || search.lead_id !== "") && (
        <div className="chosen">
          {search.lead_id !== "" && (
            <span className="chip">
              <span className="text">
                Person <code>{search.lead_id}</code>
              </span>
              <button
                type="button"
                className="button quiet icon small"
                aria-label="Show submissions of everybody"
                onClick={() => change({ lead_id: "" })}
              >
                <X aria-hidden size={14} />
              </button>
            </span>
          )}
          <button type="button" className="button quiet small" onClick={clear}>
            Clear all
          </button>
        </div>
      )}
    </search>
  );
}
