// One filter: of what, how it compares, and with which values. Loaded when it is opened.

import { useEffect, useId, useRef, useState } from "react";
import { isFlag } from "../../view/filters.ts";
import { dimensionNames, type Filter, flagNames, type View } from "../../view/view.ts";
import { dimensionLabels } from "../../words.ts";
import { FilterValues } from "./filter_values.tsx";
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
  useEffect(() => first.current?.focus(), []);

  const { negated, contains } = ways[way] ?? { negated: false, contains: false };
  const text = typed.trim();
  // What is typed counts, whether or not Enter was pressed.
  const wanted = text === "" || values.includes(text) ? values : [...values, text];
  const isFlagFilter = dimension !== "" && isFlag(dimension);
  const isReady = dimension !== "" && wanted.length > 0;

  return (
    <form
      className="filter-editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        onApply(
          isFlagFilter
            ? { dimension, values: wanted.slice(0, 1), negated: false, contains: false }
            : { dimension, values: wanted, negated, contains },
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
              setTyped("");
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
        {dimension !== "" && !isFlagFilter && (
          <div className="field">
            <label htmlFor={`${id}way`}>which</label>
            <select
              id={`${id}way`}
              className="input"
              value={way}
              onChange={({ target }) => {
                const next = Number(target.value);
                setWay(next);
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
      {dimension !== "" && !isFlagFilter && (
        <FilterValues
          key={dimension}
          view={{ ...view, filters: view.filters.filter((filter) => filter !== edited) }}
          now={now}
          dimension={dimension}
          contains={contains}
          values={values}
          typed={typed}
          onType={setTyped}
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
