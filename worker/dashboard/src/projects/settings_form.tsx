// The settings of a project. What was typed stays until it is saved or discarded, also where saving fails.

import { useEffect } from "react";
import { type Project, useChangeProject } from "../api/projects.ts";
import { formatCount } from "../format.ts";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { say } from "../ui/toasts.tsx";
import { useDraft } from "./draft.ts";
import {
  errorOf,
  FormError,
  ListField,
  refusedOf,
  SelectField,
  TextField,
  useFocusOnError,
} from "./fields.tsx";
import { changesOf, countChanges, type Draft, draftOf, fieldNames, sentOf } from "./settings.ts";

function useWarnBeforeLeaving(unsaved: boolean) {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
}

export function SettingsPanel({ project }: { project: Project }) {
  const { draft, setDraft, isKept } = useDraft(project);
  const save = useChangeProject(project.slug);
  const changes = changesOf(project, draft);
  const count = countChanges(changes);
  const form = useFocusOnError(save.error);
  useWarnBeforeLeaving(count > 0);
  const field = <Name extends keyof Draft>(name: Name) => {
    const api = fieldNames[name];
    return {
      error: errorOf(save.error, api),
      refused: refusedOf(save.error, api, sentOf(save.variables, name)),
      onChange: (value: Draft[Name]) => setDraft((before) => ({ ...before, [name]: value })),
    };
  };
  const text = (name: Exclude<keyof Draft, "allowed_origins" | "emails" | "domains" | "addresses">) => ({
    value: draft[name],
    error: errorOf(save.error, fieldNames[name]),
    onChange: (value: string) => setDraft((before) => ({ ...before, [name]: value })),
  });
  return (
    <Panel title="Settings" about="Other parts of the network may go by the old settings for up to a minute.">
      <form
        ref={form}
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (count === 0 || save.isPending) return;
          save.mutate(changes, {
            onSuccess: (saved) => {
              // What was typed meanwhile is not saved yet.
              setDraft((now) => (now === draft ? draftOf(saved) : now));
              say("Saved.");
            },
          });
        }}
      >
        {isKept && count > 0 && (
          <Notice>These changes were not saved when you left this page. Save or discard them.</Notice>
        )}
        <FormError error={save.error} names={Object.values(fieldNames)} />
        <TextField label="Name" maxLength={200} {...text("name")} />
        <ListField
          label="Allowed origins"
          item="origin"
          placeholder="https://www.acme.com"
          hint="Websites that may send. https://*.acme.com is every host below it, * everybody. Posts from elsewhere are judged blocked."
          values={draft.allowed_origins}
          {...field("allowed_origins")}
        />
        <h3>Form</h3>
        <div className="pair">
          <TextField
            label="Honeypot field"
            hint="Name of the hidden field that only machines fill in."
            code
            maxLength={64}
            {...text("honeypot_field")}
          />
          <TextField
            label="Seconds a person needs at least"
            hint="0 to 60. 0: the rule set's own."
            inputMode="numeric"
            {...text("min_form_seconds")}
          />
          <TextField
            label="Country of phone numbers"
            hint="Two letters, for numbers without a country code. Empty: the visitor's."
            code
            maxLength={2}
            {...text("default_country")}
          />
          <SelectField
            label="What a bot is told"
            hint="The same as everybody tells it least."
            options={[
              { value: "accept", label: "The same as everybody (201)" },
              { value: "reject", label: "That it was refused (422)" },
            ]}
            value={draft.bot_response}
            error={errorOf(save.error, "bot_response")}
            onChange={(value) =>
              setDraft((before) => ({ ...before, bot_response: value as Draft["bot_response"] }))
            }
          />
        </div>
        <TextField
          label="Turnstile secret"
          hint="Name of a secret of the Worker that begins with TURNSTILE_SECRET, never the secret itself. Empty: no Turnstile."
          code
          placeholder="TURNSTILE_SECRET"
          maxLength={64}
          {...text("turnstile_secret")}
        />
        <h3>Test rules</h3>
        <p className="soft small">
          What matches is judged a test and counts as no lead. Reserved domains such as example.com, and
          addresses like ada+test@lovelace.uk, are tests without a rule.
        </p>
        <ListField
          label="E-mail addresses"
          item="address"
          placeholder="qa@acme.com"
          values={draft.emails}
          {...field("emails")}
        />
        <ListField
          label="E-mail domains"
          item="domain"
          placeholder="qa.acme.com"
          values={draft.domains}
          {...field("domains")}
        />
        <ListField
          label="Network addresses"
          item="range"
          placeholder="203.0.113.0/24"
          values={draft.addresses}
          {...field("addresses")}
        />
        <div className={count > 0 ? "ends save-bar changed no-print" : "ends save-bar no-print"}>
          <p className="soft small" role="status">
            {count === 0
              ? "Nothing to save."
              : count === 1
                ? "1 setting changed."
                : `${formatCount(count)} settings changed.`}
          </p>
          <button
            type="button"
            className="button"
            aria-disabled={count === 0}
            onClick={() => {
              if (count === 0) return;
              setDraft(draftOf(project));
              save.reset();
            }}
          >
            Discard
          </button>
          <button type="submit" className="button main" aria-disabled={count === 0 || save.isPending}>
            {save.isPending ? "Saving…" : "Save changes"}
          </button>
        </div>
      </form>
    </Panel>
  );
}
