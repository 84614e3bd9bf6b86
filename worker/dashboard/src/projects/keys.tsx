// Who has access. Keys are seen here; they are made, rotated and removed where the secrets are.

import { useKeys } from "../api/keys.ts";
import { formatTime } from "../format.ts";
import { Answer, Panel } from "../ui/panel.tsx";
import { Empty } from "../ui/states.tsx";

/** A time of the list of keys, which is shown as it stands where it is none. */
const time = (text: string, timezone: string) =>
  Number.isNaN(Date.parse(text)) ? text : formatTime(text, "date", timezone);

export function Keys({ timezone }: { timezone: string }) {
  const query = useKeys();
  return (
    <Panel
      title="Keys"
      about={
        <>
          Keys are made, rotated and removed on the command line with <code>npm run keys</code>, as
          docs/operations.md says. A key is shown once, when it is made. Rotating or removing one ends the
          sessions that began with it.
        </>
      }
    >
      <Answer query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title="There is no key that yours reaches." />
          ) : (
            <div className="table-frame">
              <table className="table cards">
                <caption className="unseen">API keys</caption>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col">Role</th>
                    <th scope="col">Projects</th>
                    <th scope="col">Made</th>
                    <th scope="col">Expires</th>
                  </tr>
                </thead>
                <tbody>
                  {data.map((key) => (
                    <tr key={key.id}>
                      <td data-label="Name">
                        <span className="badges">
                          <span dir="auto">{key.name || "(no name)"}</span>
                          {key.current && <span className="badge yours">You</span>}
                          {key.expired && <span className="badge">Expired</span>}
                        </span>
                        <code className="under">{key.id}</code>
                      </td>
                      <td data-label="Role">{key.role === "admin" ? "Admin" : "Marketing"}</td>
                      <td data-label="Projects" className="long">
                        {key.projects.includes("*") ? "All" : key.projects.join(", ")}
                      </td>
                      <td data-label="Made" className="when">
                        {key.created_at === null ? "–" : time(key.created_at, timezone)}
                      </td>
                      <td data-label="Expires" className="when">
                        {key.expires_at === null ? "Never" : time(key.expires_at, timezone)}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answer>
    </Panel>
  );
}
