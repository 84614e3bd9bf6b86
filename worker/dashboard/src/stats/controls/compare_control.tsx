// What the figures are compared with.

import { useId } from "react";
import { compares } from "~schema";
import type { Change } from "../../view/use_view.ts";
import type { CompareName, View } from "../../view/view.ts";

const compareLabels: Record<CompareName, string> = {
  none: "Nothing",
  previous: "The time before",
  previous_week: "A week earlier",
  previous_year: "A year earlier",
};

export function CompareControl({ view, change }: { view: View; change: Change }) {
  const id = useId();
  return (
    <div className="control">
      <label htmlFor={id}>Compared with</label>
      <select
        id={id}
        className="input small"
        value={view.compare}
        onChange={({ target }) => change({ compare: target.value as CompareName })}
      >
        {compares.map((name) => (
          <option key={name} value={name}>
            {compareLabels[name]}
          </option>
        ))}
      </select>
    </div>
  );
}
