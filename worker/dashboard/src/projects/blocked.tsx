// Addresses whose submissions are judged blocked.

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { limits } from "~schema";
import { type BlockedAddress, useBlock, useBlocked, useSlugs, useUnblock } from "../api/projects.ts";
import { reachesAll, type Session } from "../api/session.ts";
import { formatTime } from "../format.ts";
import { Confirm, Dialog, DialogEnds } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { More, Pages } from "../ui/pages.tsx";
import { Panel } from "../ui/panel.tsx";
import { Empty } from "../ui/states.tsx";
import { say } from "../ui/toasts.tsx";
import { type Expiry, expiresAt, expiries } from "./expiry.ts";
import { errorOf, FormError, SelectField, TextField, useFocusOnError } from "./fields.tsx";

const names = ["cidr", "note", "project", "expires_at"];

function BlockDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const timezone = session.reporting_timezone;
  const slugs = useSlugs(session);
  const block = useBlock();
  const [cidr, setCidr] = useState("");
  const [note, setNote] = useState("");
  const [project, setProject] = useState(reachesAll(session) ? "" : (session.projects[0] ?? ""));
  const [expiry, setExpiry] = useState<Expiry>("never");
  const [until, setUntil] = useState("");
  const form = useFocusOnError(block.error);
  const timeError = errorOf(block.error, "expires_at");
  return (
    <Dialog title="Block an address" busy={block.isPending} onClose={onClose}>
      <form
        ref={form}
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          block.mutate(
            {
              cidr: cidr.trim(),
              note: note.trim(),
              project: project === "" ? null : project,
              expires_at: expiresAt(expiry, until, timezone, Date.now()),
            },
            {
              onSuccess: (blocked) => {
                onClose();
                say(`${blocked.cidr} is blocked. It may take a minute until it holds everywhere.`);
              },
            },
          );
        }}
      >
        <FormError error={block.error} names={names} />
        <TextField
          label="Address or range"
          hint="IPv4 or IPv6, such as 203.0.113.7 or 203.0.113.0/24."
          code
          value={cidr}
          error={errorOf(block.error, "cidr")}
          onChange={setCidr}
        />
        <SelectField
          label="Project"
          value={project}
          options={[
            ...(reachesAll(session) ? [{ value: "", label: "Every project" }] : []),
            ...slugs.map((slug) => ({ value: slug, label: slug })),
          ]}
          error={errorOf(block.error, "project")}
          onChange={setProject}
        />
        <SelectField
          label="Ends"
          value={expiry}
          options={expiries}
          error={expiry === "until" ? undefined : timeError}
          onChange={(value) => setExpiry(value as Expiry)}
        />
        {expiry === "until" && (
          <TextField
            label="Ends at"
            hint={`In the zone ${timezone}.`}
            type="datetime-local"
            value={until}
            error={timeError}
            onChange={setUntil}
          />
        )}
        <TextField
          label="Note (optional)"
          hint="Why, for whoever looks at it next year."
          value={note}
          maxLength={limits.max_note_chars}
          error={errorOf(block.error, "note")}
          onChange={setNote}
        />
        <DialogEnds>
          <button type="submit" className="button main" disabled={block.isPending}>
            {block.isPending ? "Blocking…" : "Block"}
          </button>
        </DialogEnds>
      </form>
    </Dialog>
  );
}

function UnblockDialog({ blocked, onClose }: { blocked: BlockedAddress; onClose: () => void }) {
  const unblock = useUnblock();
  return (
    <Confirm
      title={`Let ${blocked.cidr} in again?`}
      action="Let in again"
      busy={unblock.isPending}
      onClose={onClose}
      onConfirm={() =>
        unblock.mutate(blocked.id, {
          onSuccess: () => {
            onClose();
            say(`${blocked.cidr} is no longer blocked.`);
          },
        })
      }
    >
      <p>
        Submissions from there are judged like all others from then on. What was judged blocked stays so. It
        may take a minute until it holds everywhere.
      </p>
      {unblock.error !== null && <Notice tone="bad">{unblock.error.message}</Notice>}
    </Confirm>
  );
}

export function Blocked({ session }: { session: Session }) {
  const query = useBlocked();
  const [blocking, setBlocking] = useState(false);
  const [letting, setLetting] = useState<BlockedAddress | undefined>();
  const timezone = session.reporting_timezone;
  return (
    <Panel
      title="Blocked addresses"
      about="Submissions from these are refused, and counted as blocked."
      actions={
        <button type="button" className="button small" onClick={() => setBlocking(true)}>
          <Plus aria-hidden size={14} />
          Block an address
        </button>
      }
    >
      <Pages query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title="Nobody is blocked">
              <p>Block an address when it floods a form. Bots are judged by the rules without this.</p>
            </Empty>
          ) : (
            <div className="table-frame">
              <table className="table cards">
                <caption className="unseen">Blocked addresses, newest first</caption>
                <thead>
                  <tr>
                    <th scope="col">Address</th>
                    <th scope="col">Project</th>
                    <th scope="col">Note</th>
                    <th scope="col">Since</th>
                    <th scope="col">Ends</th>
                    <th scope="col">
                      <span className="unseen">Actions</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((blocked) => (
                    <tr key={blocked.id}>
                      <td data-label="Address" className="fixed">
                        <code>{blocked.cidr}</code>
                      </td>
                      <td data-label="Project" className="fixed">
                        {blocked.project ?? "Every project"}
                      </td>
                      <td data-label="Note" className="long" dir="auto">
                        {blocked.note || <span className="soft">–</span>}
                      </td>
                      <td data-label="Since" className="when">
                        {formatTime(blocked.created_at, "date", timezone)}
                      </td>
                      <td data-label="Ends" className="when">
                        {blocked.expires_at === null
                          ? "Never"
                          : Date.parse(blocked.expires_at) <= Date.now()
                            ? "Has ended"
                            : formatTime(blocked.expires_at, "moment", timezone)}
                      </td>
                      <td className="act no-print">
                        <button
                          type="button"
                          className="button quiet icon small"
                          aria-label={`Let ${blocked.cidr} in again`}
                          title="Let in again"
                          onClick={() => setLetting(blocked)}
                        >
                          <Trash2 aria-hidden size={16} />
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <More query={query} />
            </div>
          )
        }
      </Pages>
      {blocking && <BlockDialog session={session} onClose={() => setBlocking(false)} />}
      {letting !== undefined && <UnblockDialog blocked={letting} onClose={() => setLetting(undefined)} />}
    </Panel>
  );
}
