// Alerts: what is out of the ordinary right now, and what was.

import { BellRing, CircleCheck } from "lucide-react";
import { Link } from "react-router";
import { alertHours } from "~schema";
import { type Alert, useClosedAlerts, useOpenAlerts } from "../api/alerts.ts";
import type { Session } from "../api/session.ts";
import { Deliveries } from "../deliveries/list.tsx";
import { projectsText } from "../deliveries/words.ts";
import { formatAgo, formatCount, formatTime } from "../format.ts";
import { InsightCard } from "../insights/insight.tsx";
import { More, Pages } from "../ui/pages.tsx";
import { Panel } from "../ui/panel.tsx";
import { Empty } from "../ui/states.tsx";
import { useTitle } from "../ui/title.ts";
import { statsLink } from "../view/links.ts";
import { formatDuration } from "./times.ts";
import "../styles/admin.css";
import "../styles/told.css";

function Times({ alert, timezone }: { alert: Alert; timezone: string }) {
  const at = (instant: string) => formatTime(instant, "moment", timezone);
  const now = Date.now();
  const { opened_at, seen_at, closed_at } = alert;
  if (closed_at === null) {
    return (
      <p className="alert-times">
        <span>
          Since {at(opened_at)}, for {formatDuration(now - Date.parse(opened_at))}
        </span>
        <span className="soft">Last found {formatAgo(seen_at, now)}</span>
      </p>
    );
  }
  return (
    <p className="alert-times">
      <span>
        {at(opened_at)} to {at(closed_at)}, for{" "}
        {formatDuration(Date.parse(closed_at) - Date.parse(opened_at))}
      </span>
    </p>
  );
}

function AlertCard({ alert, timezone }: { alert: Alert; timezone: string }) {
  const isOpen = alert.state === "open";
  const Icon = isOpen ? BellRing : CircleCheck;
  return (
    <InsightCard
      insight={alert.insight}
      looked={null}
      timezone={timezone}
      before={
        <span className="badge">
          <Icon aria-hidden size={14} />
          {isOpen ? "Open" : "Over"}
        </span>
      }
      subject={(label) => (
        <Link className="subject" to={statsLink({ days: "7" }, alert.projects, alert.insight)}>
          {label}
          <span className="unseen">: lead stats</span>
        </Link>
      )}
    >
      <Times alert={alert} timezone={timezone} />
      <div className="alert-sent">
        <h4>Sent</h4>
        {alert.deliveries.length === 0 ? (
          <p className="soft small">
            To nobody: there is no channel of exactly these projects ({projectsText(alert.projects)}) that
            takes alerts, or it has quiet hours.
          </p>
        ) : (
          <Deliveries deliveries={alert.deliveries} timezone={timezone} topics />
        )}
      </div>
    </InsightCard>
  );
}

function List({ alerts, timezone }: { alerts: Alert[]; timezone: string }) {
  return (
    <ul className="insights">
      {alerts.map((alert) => (
        <li key={alert.alert_id}>
          <AlertCard alert={alert} timezone={timezone} />
        </li>
      ))}
    </ul>
  );
}

export default function AlertsPage({ session }: { session: Session }) {
  useTitle("Alerts");
  const timezone = session.reporting_timezone;
  const open = useOpenAlerts();
  const closed = useClosedAlerts();
  return (
    <>
      <div className="page-head">
        <h1>Alerts</h1>
        {session.role === "admin" && (
          <div className="actions no-print">
            <Link className="button" to="/channels">
              Where they are sent
            </Link>
          </div>
        )}
      </div>
      <Panel
        title="Open"
        about={`The last ${formatCount(alertHours)} hours are compared with the same hours of earlier weeks every quarter of an hour.`}
      >
        <Pages query={open}>
          {(alerts) =>
            alerts.length === 0 ? (
              <Empty title="No alert is open">
                <p>Watched are all projects together, and the projects of each channel that takes alerts.</p>
              </Empty>
            ) : (
              <>
                <List alerts={alerts} timezone={timezone} />
                <More query={open} />
              </>
            )
          }
        </Pages>
      </Panel>
      <Panel title="Past">
        <Pages query={closed}>
          {(alerts) =>
            alerts.length === 0 ? (
              <Empty title="No alert is over yet" />
            ) : (
              <>
                <List alerts={alerts} timezone={timezone} />
                <More query={closed} />
              </>
            )
          }
        </Pages>
      </Panel>
      <p className="soft small">Times in {timezone}.</p>
    </>
  );
}
