// A new project.

import { useState } from "react";
import { useNavigate } from "react-router";
import { useCreateProject } from "../api/projects.ts";
import { onlyProject, type Session } from "../api/session.ts";
import { Dialog, DialogEnds } from "../ui/dialog.tsx";
import { say } from "../ui/toasts.tsx";
import { errorOf, FormError, ListField, refusedOf, TextField, useFocusOnError } from "./fields.tsx";
import { itemsOf, slugOf } from "./settings.ts";

const names = ["slug", "name", "allowed_origins"];

export function CreateDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const navigate = useNavigate();
  const create = useCreateProject();
  const only = onlyProject(session);
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | undefined>(only);
  const [origins, setOrigins] = useState([""]);
  const form = useFocusOnError(create.error);
  const shown = slug ?? slugOf(name);
  return (
    <Dialog title="New project" busy={create.isPending} onClose={onClose}>
      <form
        ref={form}
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(
            { slug: shown.trim(), name: name.trim(), allowed_origins: itemsOf(origins) },
            {
              onSuccess: (project) => {
                onClose();
                say(`${project.name} is there. Put its form on your website.`);
                navigate(`/projects/${project.slug}`);
              },
            },
          );
        }}
      >
        <FormError error={create.error} names={names} />
        <TextField
          label="Name"
          value={name}
          maxLength={200}
          error={errorOf(create.error, "name")}
          onChange={setName}
        />
        <TextField
          label="Slug"
          hint="Its name in forms, addresses and reports. It is kept for ever: a-z, 0-9, - and _."
          code
          value={shown}
          error={errorOf(create.error, "slug")}
          onChange={setSlug}
        />
        <ListField
          label="Allowed origins"
          item="origin"
          placeholder="https://www.acme.com"
          hint="Websites that may send. https://*.acme.com is every host below it."
          values={origins}
          error={errorOf(create.error, "allowed_origins")}
          refused={refusedOf(create.error, "allowed_origins", create.variables?.allowed_origins)}
          onChange={setOrigins}
        />
        <DialogEnds>
          <button type="submit" className="button main" disabled={create.isPending}>
            {create.isPending ? "Creating…" : "Create project"}
          </button>
        </DialogEnds>
      </form>
    </Dialog>
  );
}
