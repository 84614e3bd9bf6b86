// Which values: those that the data has, with how often, and any other that is typed.

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useDeferredValue, useId, useState } from "react";
import { requestJson } from "../../api/http.ts";
import type { LeadStats } from "../../api/stats.ts";
import { formatCount } from "../../format.ts";
import { valuesOf } from "../../view/filters.ts";
import { suggestionsQuery } from "../../view/query.ts";
import type { View } from "../../view/view.ts";
import { type DimensionName, dimensionLabels, valueLabel } from "../../words.ts";
import { reportPath } from "../queries.ts";
import { optionsOf } from "./filter_options.ts";

/** Which values the data has in the view's range, and how often. */
export function useSuggestions(view: View, dimension: DimensionName | null, now: Date) {
  const question = dimension === null ? "" : suggestionsQuery(view, dimension, now).toString();
  const seen = useQuery({
    queryKey: ["suggestions", question],
    queryFn: ({ signal }) => requestJson<LeadStats>(`${reportPath}?${question}`, { signal }),
    staleTime: 300_000,
    enabled: dimension !== null,
  });
  const groups = seen.data?.groups ?? [];
  return {
    seen,
    counted: groups.flatMap(({ key, total }) =>
      key === null || dimension === null ? [] : [{ value: key[dimension] ?? "", count: total }],
    ),
    hasMore: groups.some(({ key }) => key === null),
  };
}

export function FilterValues({
  suggestions: { seen, counted, hasMore },
  dimension,
  contains,
  values,
  typed,
  fault,
  onType,
  onAdd,
  onChange,
}: {
  suggestions: ReturnType<typeof useSuggestions>;
  dimension: DimensionName;
  contains: boolean;
  values: string[];
  typed: string;
  /** Why what was typed is no value. */
  fault: string | null;
  onType: (text: string) => void;
  /** What is typed is wanted. */
  onAdd: () => void;
  onChange: (values: string[]) => void;
}) {
  const id = useId();
  const [first] = useState(values);
  const needle = useDeferredValue(typed);
  const fixed = valuesOf(dimension);
  const options = optionsOf(dimension, {
    counted,
    fixed,
    first: contains ? [] : first,
    chosen: contains ? [] : values,
    needle,
  });
  const isFree = contains || fixed === undefined;
  const canAdd = typed.trim() !== "";
  return (
    <div className="filter-values">
      <div className="field">
        <label htmlFor={`${id}text`}>
          {contains ? "Text to look for" : isFree ? "Search, or type a value" : "Search"}
        </label>
        <div className="control-row">
          <input
            id={`${id}text`}
            className="input"
            value={typed}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={fault !== null}
            aria-describedby={`${id}fault ${id}hint`}
            onChange={({ target }) => onType(target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || !canAdd) return;
              event.preventDefault();
              onAdd();
            }}
          />
          {canAdd && (
            <button type="button" className="button small" onClick={onAdd}>
              Add
            </button>
          )}
        </div>
        <p id={`${id}fault`} className="error" role="alert">
          {fault}
        </p>
      </div>
      {contains && values.length > 0 && (
        <ul className="chips">
          {values.map((value) => (
            <li key={value} className="chip">
              <span className="text">“{value}”</span>
              <button
                type="button"
                className="remove"
                aria-label={`Remove “${value}”`}
                onClick={() => onChange(values.filter((other) => other !== value))}
              >
                <X aria-hidden size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <fieldset className="options" aria-busy={seen.isPending}>
        <legend className="unseen">{dimensionLabels[dimension]}</legend>
        {contains
          ? options.slice(0, 8).map(({ value, count }) => (
              <p key={value} className="choice soft">
                <span className="text">{valueLabel(dimension, value)}</span>
                {count !== null && <span className="numeric">{formatCount(count)}</span>}
              </p>
            ))
          : options.map(({ value, count }) => (
              <label key={value} className="choice">
                <input
                  type="checkbox"
                  checked={values.includes(value)}
                  onChange={({ target }) =>
                    onChange(target.checked ? [...values, value] : values.filter((other) => other !== value))
                  }
                />
                <span className="text">{valueLabel(dimension, value)}</span>
                {count !== null && <span className="numeric soft">{formatCount(count)}</span>}
              </label>
            ))}
      </fieldset>
      <p id={`${id}hint`} className="hint" role="status">
        {seen.isPending && "Looking which values there are…"}
        {seen.isError && `The values could not be listed: ${seen.error.message} `}
        {seen.isError && isFree && "You can type one."}
        {contains && seen.isSuccess && "Found in values of this range; any case of letters will do."}
        {!contains && hasMore && "These are the most frequent ones; type any other."}
        {!contains && !seen.isPending && options.length === 0 && "Nothing in this range is called that."}
      </p>
    </div>
  );
}
