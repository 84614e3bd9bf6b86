// The filters that hold, as chips that can be turned round, edited and taken away.

import { ListFilterPlus, X } from "lucide-react";
import { lazy, type ReactNode, type RefObject, Suspense, useRef } from "react";
import { Popover } from "../../ui/popover.tsx";
import { filterKeys, isFlag, negate, withFilter } from "../../view/filters.ts";
import type { Change } from "../../view/use_view.ts";
import type { Filter, View } from "../../view/view.ts";
import { filterLabel, filterText, filterValues, filterVerb } from "./filter_words.ts";

const FilterEditor = lazy(() => import("./filter_editor.tsx"));

interface Props {
  view: View;
  now: Date;
  change: Change;
}

function Chip({
  name,
  filter,
  view,
  now,
  change,
  bar,
}: Props & { name: string; filter: Filter; bar: RefObject<HTMLElement | null> }) {
  /** Unless the filter was taken away since this chip was drawn. */
  const set = (changed: (filters: Filter[], place: number) => Filter[]) =>
    change(({ filters }) => {
      const place = filterKeys(filters).indexOf(name);
      return place < 0 ? {} : { filters: changed(filters, place) };
    });
  const remove = () => {
    set((filters, place) => filters.toSpliced(place, 1));
    // What had the focus is gone: it goes on with the bar rather than with the page's beginning.
    bar.current?.focus();
  };
  const text = filterText(filter);
  const values = filterValues(filter);
  const turned = filterVerb(negate(filter));
  return (
    <li className={filter.negated ? "chip filter-chip negated" : "chip filter-chip"}>
      <span className="name">{filterLabel(filter.dimension)}</span>
      <button
        type="button"
        className="verb"
        aria-label={`${filterVerb(filter)}: change “${text}” to “${turned}”`}
        title={`Change to “${turned}”`}
        onClick={() =>
          set((filters, place) => filters.map((other, at) => (at === place ? negate(other) : other)))
        }
      >
        {filterVerb(filter)}
      </button>
      {!isFlag(filter.dimension) && (
        <Popover
          className="values"
          ariaLabel={`${values}: edit the filter “${text}”`}
          label={<span>{values}</span>}
        >
          {(close) => (
            <Suspense fallback={<div className="skeleton" />}>
              <FilterEditor
                view={view}
                now={now}
                edited={filter}
                onApply={(next) => {
                  set((filters, place) => withFilter(filters, next, place));
                  close();
                }}
                onCancel={close}
              />
            </Suspense>
          )}
        </Popover>
      )}
      <button type="button" className="remove" aria-label={`Remove the filter “${text}”`} onClick={remove}>
        <X aria-hidden size={14} />
      </button>
    </li>
  );
}

export function FilterBar({ first, ...props }: Props & { first: ReactNode }) {
  const { view, now, change } = props;
  const bar = useRef<HTMLElement>(null);
  const keys = filterKeys(view.filters);
  return (
    <section ref={bar} className="filter-bar" aria-label="Filters" tabIndex={-1}>
      {first}
      {view.filters.length > 0 && (
        <ul className="chips">
          {view.filters.map((filter, index) => (
            <Chip key={keys[index]} name={keys[index] ?? ""} {...props} filter={filter} bar={bar} />
          ))}
        </ul>
      )}
      <span className="no-print">
        <Popover
          className="button small"
          label={
            <>
              <ListFilterPlus aria-hidden size={15} />
              Add filter
            </>
          }
        >
          {(close) => (
            <Suspense fallback={<div className="skeleton" />}>
              <FilterEditor
                view={view}
                now={now}
                edited={null}
                onApply={(next) => {
                  change(({ filters }) => ({ filters: withFilter(filters, next) }));
                  close();
                }}
                onCancel={close}
              />
            </Suspense>
          )}
        </Popover>
      </span>
      {view.filters.length > 1 && (
        <button
          type="button"
          className="button quiet small no-print"
          onClick={() => {
            change({ filters: [] });
            bar.current?.focus();
          }}
        >
          Clear all
        </button>
      )}
    </section>
  );
}
