// Every group in every bucket: as long as it gets, so it streams from the server, says how far it is, and can be stopped.

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Problem, request } from "../../api/http.ts";
import { formatBytes, formatCount } from "../../format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Failed } from "../../ui/states.tsx";
import { exportQuery } from "../../view/query.ts";
import type { View } from "../../view/view.ts";
import { dimensionLabels } from "../../words.ts";
import { reportPath } from "../queries.ts";
import { mediaTypes, nameOf, saveBlob } from "./files.ts";
import { type Progress, readRows } from "./stream.ts";

type RowFormat = "csv" | "ndjson";
type State =
  | { is: "ready" }
  | { is: "running"; progress: Progress | null }
  | { is: "done"; progress: Progress; name: string }
  | { is: "failed"; error: unknown };

interface Target {
  write: (chunk: Uint8Array<ArrayBuffer>) => Promise<void> | void;
  /** The file is whole. */
  close: () => Promise<void> | void;
  /** It is not, and must not be kept. */
  abort: () => Promise<void> | void;
}

interface SavePicker {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

const LONGEST_MS = 15 * 60_000;
const DRAWN_EVERY_MS = 120;

/** Straight onto the disk where the browser can; else it is kept in memory until it is whole. */
async function targetFor(name: string, type: string): Promise<Target & { rename: (name: string) => void }> {
  const picker = (window as SavePicker).showSaveFilePicker;
  if (picker !== undefined) {
    const handle = await picker({ suggestedName: name });
    const file = await handle.createWritable();
    return {
      write: (chunk) => file.write(chunk),
      close: () => file.close(),
      abort: () => file.abort(),
      rename: () => {},
    };
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let called = name;
  return {
    write: (chunk) => {
      parts.push(chunk);
    },
    close: () => saveBlob(new Blob(parts, { type }), called),
    abort: () => {},
    rename: (next) => {
      called = next;
    },
  };
}

const brokenOff = (error: unknown) =>
  error instanceof Problem
    ? error
    : new Problem({
        status: 0,
        code: "broken_off",
        detail: "The file broke off before its end, so it was not saved.",
      });

function Running({ progress }: { progress: Progress | null }) {
  return (
    <div className="progress-box">
      <progress aria-label="Export" />
      <p className="numeric">
        {progress === null
          ? "Waiting for the first rows…"
          : `${formatBytes(progress.bytes)} · ${formatCount(progress.rows)} rows · ${formatBytes(progress.bytesPerSecond)}/s`}
      </p>
    </div>
  );
}

export function LargeExport({ view, now, onClose }: { view: View; now: Date; onClose: () => void }) {
  const [state, setState] = useState<State>({ is: "ready" });
  const [format, setFormat] = useState<RowFormat>("csv");
  const stop = useRef<AbortController>(null);
  useEffect(() => () => stop.current?.abort(), []);

  const run = async () => {
    let target: Awaited<ReturnType<typeof targetFor>>;
    try {
      target = await targetFor(`lead-stats_every-group.${format}`, mediaTypes[format]);
    } catch {
      // The person closed the browser's own dialog.
      return;
    }
    const abort = new AbortController();
    stop.current = abort;
    setState({ is: "running", progress: null });
    try {
      const question = exportQuery(view, now, format, "both");
      const response = await request(`${reportPath}?${question}`, {
        signal: abort.signal,
        timeoutMs: LONGEST_MS,
        // A file that was cut off on its way must not be what the next try is answered with.
        cache: "no-store",
      });
      if (response.body === null) throw new Error("An answer without a body.");
      const name = nameOf(response.headers) ?? `lead-stats_every-group.${format}`;
      target.rename(name);
      let drawn = 0;
      const progress = await readRows(response.body, {
        csv: format === "csv",
        write: target.write,
        onProgress: (next) => {
          if (performance.now() - drawn < DRAWN_EVERY_MS) return;
          drawn = performance.now();
          setState({ is: "running", progress: next });
        },
      });
      await target.close();
      setState({ is: "done", progress, name });
    } catch (error) {
      await Promise.resolve(target.abort()).catch(() => {});
      setState(abort.signal.aborted ? { is: "ready" } : { is: "failed", error: brokenOff(error) });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run();
  };
  const running = state.is === "running";
  return (
    <Dialog title="Every group in every bucket" onClose={onClose}>
      <p>
        One row for each {view.by.map((name) => dimensionLabels[name].toLowerCase()).join(" and ")} in each
        bucket of the view, with its filters. It can be long, so it streams from the server.
      </p>
      <form onSubmit={submit} className="large-export">
        <fieldset disabled={running}>
          <legend>Format</legend>
          {(["csv", "ndjson"] as const).map((name) => (
            <label key={name}>
              <input type="radio" name="format" checked={format === name} onChange={() => setFormat(name)} />
              {name.toUpperCase()}
            </label>
          ))}
        </fieldset>
        {running && <Running progress={state.progress} />}
        <div role="status">
          {state.is === "done" && (
            <p>
              Saved {state.name}: {formatCount(state.progress.rows)} rows, {formatBytes(state.progress.bytes)}
              .
            </p>
          )}
        </div>
        {state.is === "failed" && <Failed error={state.error} />}
        <div className="ends">
          {running ? (
            <button type="button" className="button" onClick={() => stop.current?.abort()}>
              Stop
            </button>
          ) : (
            <>
              <button type="button" className="button" onClick={onClose}>
                Close
              </button>
              <button type="submit" className="button main">
                {state.is === "failed" ? "Try again" : "Export"}
              </button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  );
}
