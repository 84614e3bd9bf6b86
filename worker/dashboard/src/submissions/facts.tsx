// All that is known of one submission, in groups. What the API gives and no group names is shown all the same.

import { type ReactNode, useState } from "react";
import type { SubmissionDetail } from "../api/submissions.ts";
import { formatCount, formatSeconds, formatTime } from "../format.ts";
import { Panel } from "../ui/panel.tsx";
import { countryName, valueLabel } from "../words.ts";
import { type Group, groups, restOf } from "./groups.ts";

const LONG = 1200;

function LongText({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const isLong = text.length > LONG;
  return (
    <>
      <p className={isLong && !whole ? "message cut" : "message"} dir="auto">
        {text}
      </p>
      {isLong && (
        <button
          type="button"
          className="button small no-print"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? "Show less" : `Show all ${formatCount([...text].length)} characters`}
        </button>
      )}
    </>
  );
}

/** As it came: its name says nothing about what it is. */
function plain(value: unknown): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) && value.every((item) => typeof item === "string")
    ? value.join(", ")
    : JSON.stringify(value);
}

const isTime = (value: unknown): value is string =>
  typeof value === "string" && !Number.isNaN(Date.parse(value));

/** A member of the API's own, read by its name. */
function shown(name: string, value: unknown, timezone: string): ReactNode {
  if (name === "country") return `${countryName(String(value))} (${value})`;
  if (name === "channel") return valueLabel("channel", String(value));
  if (name.endsWith("_at") && isTime(value)) return formatTime(value, "moment", timezone);
  if (name === "time_on_page" || name === "form_seconds") return formatSeconds(Number(value));
  if (name === "scroll_depth") return `${formatCount(Number(value))} %`;
  if (name === "pages_viewed") return formatCount(Number(value));
  if (name === "asn") return `AS${value}`;
  if (name.endsWith("_id") || name === "ip" || name === "ruleset") return <code>{String(value)}</code>;
  return plain(value);
}

/** Each fact: its name, its label, and what is shown. */
function Facts({ facts }: { facts: (readonly [string, string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, label, value]) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const isKnown = (value: unknown) => value !== undefined && value !== null && value !== "";

interface Shown {
  submission: SubmissionDetail;
  timezone: string;
}

/** The panels of the given groups. */
function GroupPanels({ submission, timezone, of }: Shown & { of: readonly Group[] }) {
  const members = submission as unknown as Record<string, unknown>;
  return (
    <>
      {of.map(({ title, facts }) => {
        const known = facts
          .map(([name, label]) => [name, label, members[name]] as const)
          .filter(([, , value]) => isKnown(value))
          .map(([name, label, value]) => [name, label, shown(name, value, timezone)] as const);
        const message = title === "Message and consent" ? submission.message : null;
        return (
          <Panel key={title} title={title}>
            {message !== null && <LongText text={message} />}
            {known.length > 0 && <Facts facts={known} />}
            {known.length === 0 && message === null && (
              <p className="soft">{submission.erased_at === null ? "Nothing given." : "Erased."}</p>
            )}
          </Panel>
        );
      })}
    </>
  );
}

const PERSONAL = 2;

/** Who it is and what was said. */
export const PersonPanels = (shown: Shown) => <GroupPanels {...shown} of={groups.slice(0, PERSONAL)} />;

/** Where it came from, and all the rest. */
export function FactPanels({ submission, timezone }: Shown) {
  const custom = Object.entries(submission.custom ?? {});
  const rest = restOf(submission as unknown as Record<string, unknown>);
  return (
    <>
      <GroupPanels submission={submission} timezone={timezone} of={groups.slice(PERSONAL)} />
      {custom.length > 0 && (
        <Panel title="Further fields of the form">
          <Facts facts={custom.map(([name, value]) => [name, name, plain(value)] as const)} />
        </Panel>
      )}
      {rest.length > 0 && (
        <Panel title="More">
          <Facts facts={rest.map(([name, value]) => [name, name, shown(name, value, timezone)] as const)} />
        </Panel>
      )}
    </>
  );
}
