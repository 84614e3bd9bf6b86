// Channels: where briefs and alerts go, whether that works, and what did not arrive.

import { TriangleAlert } from "lucide-react";
import { type Channel, useChannels } from "../api/deliveries.ts";
import type { Session } from "../api/session.ts";
import { channelTypeLabel, projectsText, takesText } from "../deliveries/words.ts";
import { Answer, Panel } from "../ui/panel.tsx";
import { Empty } from "../ui/states.tsx";
import { useTitle } from "../ui/title.ts";
import { DeliveriesPanel } from "./deliveries.tsx";
import { TestButton } from "./test_button.tsx";
import "../styles/admin.css";
import "../styles/told.css";

function Row({ channel }: { channel: Channel }) {
  const { id, type, projects, topics, quiet_hours: quiet } = channel;
  const { problem } = channel;
  return (
    <tr>
      <td data-label="Channel">
        <strong>{id ?? "(no id)"}</strong>
        <span className="under">
          {channelTypeLabel(type)}
          {channel.host === null ? "" : `, ${channel.host}`}
        </span>
      </td>
      <td data-label="Takes" className="fixed">
        {takesText(topics) || "–"}
      </td>
      <td data-label="Of" className="long">
        {projectsText(projects) || "–"}
      </td>
      <td data-label="Quiet hours" className="long">
        {quiet ? `${quiet.from} to ${quiet.to}, ${quiet.timezone}` : <span className="soft">None</span>}
      </td>
      <td data-label="State" className="long">
        {problem === null ? (
          "No problem known"
        ) : (
          <span className="channel-problem">
            <TriangleAlert aria-hidden size={14} /> {problem}
          </span>
        )}
        {id !== null && <TestButton channel={id} />}
      </td>
    </tr>
  );
}

export default function ChannelsPage({ session }: { session: Session }) {
  useTitle("Channels");
  const query = useChannels();
  const channels = query.data?.data ?? [];
  return (
    <>
      <div className="page-head">
        <h1>Channels</h1>
      </div>
      <Panel
        title="Where briefs and alerts go"
        about={
          <>
            The list is the Worker’s secret <code>WEBHOOKS</code>; <code>npm run webhooks</code> changes it.
            Addresses and secrets are not shown.
          </>
        }
      >
        <Answer query={query}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty title="No channel yet">
                <p>Briefs and alerts are shown here all the same; without a channel nobody is told.</p>
              </Empty>
            ) : (
              <div className="table-frame">
                <table className="table cards">
                  <caption className="unseen">Channels</caption>
                  <thead>
                    <tr>
                      <th scope="col">Channel</th>
                      <th scope="col">Takes</th>
                      <th scope="col">Of</th>
                      <th scope="col">Quiet hours</th>
                      <th scope="col">State</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.map((channel, index) => (
                      // Faulty ones may share an id, or have none; the list keeps its order.
                      // biome-ignore lint/suspicious/noArrayIndexKey: see above
                      <Row key={index} channel={channel} />
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Answer>
      </Panel>
      <DeliveriesPanel channels={channels} timezone={session.reporting_timezone} />
    </>
  );
}
