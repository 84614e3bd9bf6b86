// A searchable list of zones. Loaded when it is opened.

import { useCombobox } from "downshift";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { allZones, matchingZones, zoneText } from "./zones.ts";

export default function ZoneList({
  chosen,
  deployment,
  now,
  onChoose,
}: {
  chosen: string;
  deployment: string;
  now: Date;
  onChoose: (zone: string) => void;
}) {
  const zones = useMemo(
    () => allZones(now, deployment, Intl.DateTimeFormat().resolvedOptions().timeZone),
    [now, deployment],
  );
  const [typed, setTyped] = useState("");
  const items = useMemo(() => matchingZones(zones, typed), [zones, typed]);
  const inputId = useId();
  const input = useRef<HTMLInputElement>(null);
  const { getLabelProps, getInputProps, getMenuProps, getItemProps, highlightedIndex } = useCombobox({
    items,
    inputId,
    isOpen: true,
    inputValue: typed,
    selectedItem: null,
    defaultHighlightedIndex: 0,
    // Who leaves the field has chosen nothing; it would choose what is highlighted.
    stateReducer: (state, { type, changes }) =>
      type === useCombobox.stateChangeTypes.InputBlur ? state : changes,
    itemToString: (item) => item?.name ?? "",
    onStateChange: ({ selectedItem }) => {
      if (selectedItem) onChoose(selectedItem.name);
    },
  });
  useEffect(() => input.current?.focus(), []);
  return (
    <div className="zone-box">
      <label {...getLabelProps()} htmlFor={inputId}>
        Time zone of the report
      </label>
      <input
        {...getInputProps({
          ref: input,
          // At once: what comes through the combobox's own state comes too late for fast typing.
          onChange: ({ currentTarget }) => setTyped(currentTarget.value),
          // Escape closes the box, as it does everywhere.
          onKeyDown: ({ key, nativeEvent }) => {
            if (key === "Escape") Object.assign(nativeEvent, { preventDownshiftDefault: true });
          },
        })}
        className="input"
        placeholder="City, country or offset"
        autoComplete="off"
        spellCheck={false}
      />
      <ul {...getMenuProps({}, { suppressRefError: true })} className="zone-list">
        {items.map((item, index) => (
          <li
            key={item.name}
            {...getItemProps({ item, index })}
            className={index === highlightedIndex ? "on" : undefined}
            data-chosen={item.name === chosen}
          >
            <span>
              {zoneText(item.name)}
              {item.note !== "" && <span className="soft"> {item.note}</span>}
            </span>
            <span className="soft">{item.offset}</span>
          </li>
        ))}
      </ul>
      {items.length === 0 && <p className="hint">No zone is called that.</p>}
    </div>
  );
}
