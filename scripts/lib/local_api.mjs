// The two projects that every local run has, made through the admin API like any other.

import { Complaint } from "./run.mjs";

/** Makes the project, or lets these origins in if it is there already (the port may be another one today). */
export async function ensureProject(url, adminKey, slug, name, origins) {
  const call = async (method, path, body) => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json" },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, text: await response.text() };
  };
  const expect = (answer, ...statuses) => {
    if (statuses.includes(answer.status)) return answer;
    throw new Complaint(`The project ${slug} could not be set up: ${answer.status} ${answer.text}`);
  };

  const path = `/api/admin/projects/${slug}`;
  const body = { slug, name, allowed_origins: origins };
  const made = expect(await call("POST", "/api/admin/projects", body), 200, 201, 409);
  if (made.status !== 409) return;
  const known = JSON.parse(expect(await call("GET", path), 200).text);
  const allowed = known.allowed_origins ?? known.settings?.allowed_origins ?? [];
  if (origins.every((origin) => allowed.includes(origin))) return;
  // Origins of this machine with another port are left from earlier runs; those somebody added are kept.
  const kept = allowed.filter((origin) => !/^http:\/\/(localhost|127\.0\.0\.1):\d+$/.test(origin));
  expect(await call("PATCH", path, { allowed_origins: [...kept, ...origins] }), 200, 204);
}
