// One filter: of what, how it compares, and with which values. Loaded when it is opened.

import { useEffect, useId, useRef, useState } from "react";
import { isFlag, valuesOf } from "../../view/filters.ts";
import { dimensionNames, type Filter, flagNames, type View } from "../../view/view.ts";
import { dimensionLabels } from "../../words.ts";
import { meantBy, optionsOf } from "./filter_options.ts";
import { FilterValues, useSuggestions } from "./filter_values.tsx";
import { flagLabel } from "./filter_words.ts";

const ways = [
  { label: "is any of", negated: false, contains: false },
  { label: "is none of", negated: true, contains: false },
  { label: "contains any of", negated: false, contains: true },
  { label: "contains none of", negated: true, contains: true },
];

export default function FilterEditor({
  view,
  now,
  edited,
  onApply,
  onCancel,
}: {
  view: View;
  now: Date;
  edited: Filter | null;
  onApply: (filter: Filter) => void;
  onCancel: () => void;
}) {
  const id = useId();
  const first = useRef<HTMLSelectElement>(null);
  const [dimension, setDimension] = useState<Filter["dimension"] | "">(edited?.dimension ?? "");
  const [way, setWay] = useState(
    Math.max(
      0,
      ways.findIndex((one) => one.negated === edited?.negated && one.contains === edited.contains),
    ),
  );
  const [values, setValues] = useState<string[]>(edited?.values ?? []);
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => first.current?.focus(), []);

  const { negated, contains } = ways[way] ?? { negated: false, contains: false };
  const isFlagFilter = dimension !== "" && isFlag(dimension);
  const valued = dimension === "" || isFlag(dimension) ? null : dimension;
  const others = { ...view, filters: view.filters.filter((filter) => filter !== edited) };
  const suggestions = useSuggestions(others, valued, now);
  const isTyped = typed.trim() !== "";
  const isReady = dimension !== "" && (values.length > 0 || isTyped);

  const type = (text: string) => {
    setTyped(text);
    setFault(null);
  };
  /** The values with what is typed, which counts whether or not Enter was pressed; null where it is no value. */
  const wanted = (): string[] | null => {
    if (valued === null || !isTyped) return values;
    const matching = { counted: suggestions.counted, fixed: valuesOf(valued), first: [], chosen: values };
    const meant = contains
      ? { value: typed.trim() }
      : meantBy(valued, typed, optionsOf(valued, { ...matching, needle: typed }));
    if ("value" in meant) return [...new Set([...values, meant.value])];
    setFault(meant.fault);
    return null;
  };

  return (
    <form
      className="filter-editor"
      onSubmit={(event) => {
        event.preventDefault();
        const all = wanted();
        if (!isReady || all === null) return;
        onApply(
          isFlagFilter
            ? { dimension, values: all.slice(0, 1), negated: false, contains: false }
            : { dimension, values: all, negated, contains },
        );
      }}
    >
      <div className="filter-head">
        <div className="field">
          <label htmlFor={`${id}of`}>Filter by</label>
          <select
            ref={first}
            id={`${id}of`}
            className="input"
            value={dimension}
            onChange={({ target }) => {
              const next = target.value as Filter["dimension"];
              setDimension(next);
              type("");
              setValues(isFlag(next) ? ["true"] : []);
            }}
          >
            {dimension === "" && <option value="">Choose…</option>}
            <optgroup label="Dimensions">
              {dimensionNames.map((name) => (
                <option key={name} value={name}>
                  {dimensionLabels[name]}
                </option>
              ))}
            </optgroup>
            <optgroup label="Flags">
              {flagNames.map((name) => (
                <option key={name} value={name}>
                  {flagLabel(name)}
                </option>
              ))}
            </optgroup>
          </select>
        </div>
        {valued !== null && (
          <div className="field">
            <label htmlFor={`${id}way`}>which</label>
            <select
              id={`${id}way`}
              className="input"
              value={way}
              onChange={({ target }) => {
                const next = Number(target.value);
                setWay(next);
                setFault(null);
                // "Contains nothing" cannot be asked.
                if (ways[next]?.contains) setValues(values.filter((value) => value !== ""));
              }}
            >
              {ways.map(({ label }, index) => (
                <option key={label} value={index}>
                  {label}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      {isFlagFilter && (
        <fieldset className="filter-flag">
          <legend className="unseen">{flagLabel(dimension)}</legend>
          {[
            { value: "true", label: `Only with ${flagLabel(dimension)}` },
            { value: "false", label: `Only without ${flagLabel(dimension)}` },
          ].map(({ value, label }) => (
            <label key={value} className="choice">
              <input
                type="radio"
                name={`${id}flag`}
                checked={values[0] === value}
                onChange={() => setValues([value])}
              />
              {label}
            </label>
          ))}
        </fieldset>
      )}
      {valued !== null && (
        <FilterValues
          key={valued}
          suggestions={suggestions}
          dimension={valued}
          contains={contains}
          values={values}
          typed={typed}
          fault={fault}
          onType={type}
          onAdd={() => {
            const all = wanted();
            if (all === null) return;
            setValues(all);
            type("");
          }}
          onChange={setValues}
        />
      )}
      <div className="ends">
        <button type="button" className="button small" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button main small" disabled={!isReady}>
          {edited === null ? "Add filter" : "Change filter"}
        </button>
      </div>
    </form>
  );
}
