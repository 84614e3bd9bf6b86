// Why a submission was judged as it was: the rule that decided, each reason with its weight, both scores.

import { useId } from "react";
import type { SubmissionDetail, Why } from "../api/submissions.ts";
import { formatCount } from "../format.ts";
import { Panel } from "../ui/panel.tsx";
import { countLabels, type Flag } from "../words.ts";
import { TypeBadge } from "./marks.tsx";

const MAX_SCORE = 100;

/** A score with the mark from which on it counts; in words too. */
function Score({
  title,
  kind,
  score,
  threshold,
  isReached,
  reached,
  missed,
}: {
  title: string;
  kind: "bot" | "lead";
  score: number;
  threshold: number | null;
  isReached: boolean | null;
  reached: string;
  missed: string;
}) {
  const id = useId();
  const words =
    threshold === null
      ? "An earlier rule set judged this; its threshold is not known here."
      : `${isReached ? reached : missed} (from ${formatCount(threshold)} on).`;
  return (
    <div className="score">
      <p id={id} className="score-title">
        <span>{title}</span>
        <strong>
          {formatCount(score)} <span className="soft">of {formatCount(MAX_SCORE)}</span>
        </strong>
      </p>
      <div className={`bar ${kind} ${isReached ? "reached" : ""}`} aria-hidden>
        <div className="part" style={{ inlineSize: `${Math.min(score, MAX_SCORE)}%` }} />
        {threshold !== null && <div className="mark" style={{ insetInlineStart: `${threshold}%` }} />}
      </div>
      <p className="soft small">{words}</p>
    </div>
  );
}

const ofLabel = (of: string) => countLabels[`${of as Flag}_count`] ?? countLabels[of as "bot"] ?? of;

function Reasons({ why }: { why: Why }) {
  const reasons = [
    ...(why.person_reason === null
      ? []
      : [{ ...why.person_reason, of: "person", weight: null, detail: null }]),
    ...why.reasons,
  ];
  if (reasons.length === 0) return <p className="soft">No reason is recorded.</p>;
  const hasWeights = reasons.some(({ weight }) => weight !== null && weight > 0);
  return (
    <div className="table-frame">
      <table className="table reasons">
        <caption className="unseen">Reasons, the deciding ones first</caption>
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Speaks for</th>
            {hasWeights && (
              <th scope="col" className="numeric">
                Weight
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {reasons.map(({ code, text, of, weight, detail }) => (
            <tr key={code}>
              <td>
                <span className="reason-text">{text}</span>
                {detail !== null && (
                  <span className="under" dir="auto">
                    {detail}
                  </span>
                )}
                <code className="under">{code}</code>
              </td>
              <td>{of === "person" ? "Who it is" : ofLabel(of)}</td>
              {hasWeights && (
                <td className="numeric">
                  {weight === null || weight === 0 ? "–" : `+${formatCount(weight)}`}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Parts({ why }: { why: Why }) {
  if (why.lead_score_parts === null) {
    return (
      <p className="soft small">
        What the lead score was made of is not known any more: erased, or judged by other rules.
      </p>
    );
  }
  if (why.lead_score_parts.length === 0) return <p className="soft small">Nothing earned points.</p>;
  return (
    <ul className="score-parts">
      {why.lead_score_parts.map(({ part, text, points }) => (
        <li key={part}>
          <span className="reason-text">{text}</span>
          <span className="numeric">+{formatCount(points)}</span>
        </li>
      ))}
    </ul>
  );
}

export function WhyPanel({ submission }: { submission: SubmissionDetail }) {
  const { why } = submission;
  const decided = why.decided.slice(why.decided.indexOf(": ") + 1).trim();
  return (
    <Panel title="Why" className="why-panel">
      <p className="judged">
        <TypeBadge type={why.event_type} /> <span className="decided">{decided}</span>
      </p>
      <Reasons why={why} />
      <div className="scores">
        <Score
          title="Bot score"
          kind="bot"
          score={why.bot_score}
          threshold={why.bot_threshold}
          isReached={why.bot_reached}
          reached="Enough to be judged a bot"
          missed="Not enough to be judged a bot"
        />
        <div>
          <Score
            title="Lead score"
            kind="lead"
            score={why.lead_score}
            threshold={why.hot_threshold}
            isReached={why.hot_reached}
            reached="Enough to be hot"
            missed="Not enough to be hot"
          />
          <Parts why={why} />
        </div>
      </div>
      <p className="soft small">
        Judged by rule set <code>{why.ruleset}</code>. The sender got the HTTP status {why.status}.
      </p>
    </Panel>
  );
}
