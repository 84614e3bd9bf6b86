// A project's settings as a form, its snippet, and when a blocked address is let in again.

import { describe, expect, it } from "vitest";
import { Problem } from "../../worker/dashboard/src/api/http.ts";
import type { Project } from "../../worker/dashboard/src/api/projects.ts";
import { expiresAt } from "../../worker/dashboard/src/projects/expiry.ts";
import { errorOf, refusedOf } from "../../worker/dashboard/src/projects/fields.tsx";
import {
  changesOf,
  countChanges,
  draftOf,
  sentOf,
  slugOf,
  splitLines,
  typedOf,
} from "../../worker/dashboard/src/projects/settings.ts";
import { snippetOf } from "../../worker/dashboard/src/projects/snippet.ts";

const project: Project = {
  slug: "acme",
  name: "Acme",
  allowed_origins: ["https://*.acme.com", "https://www.acme.com"],
  honeypot_field: "lead_hp",
  default_country: "GB",
  test_rules: { emails: [], domains: ["qa.acme.com"], addresses: [] },
  bot_response: "accept",
  min_form_seconds: 0,
  turnstile_secret: "",
  created_at: "2026-11-01T00:00:00Z",
  updated_at: "2026-11-01T00:00:00Z",
};

describe("what the API refuses", () => {
  const refused = (...names: string[]) =>
    new Problem({
      status: 422,
      code: "validation_failed",
      detail: "",
      invalidParams: names.map((name) => ({ name, code: "not_allowed", reason: `${name} is too odd.` })),
    });

  it("is told at its field, whose name stands there already", () => {
    expect(errorOf(refused("cidr"), "cidr")).toBe("It is too odd.");
    expect(errorOf(refused("cidr"), "note")).toBeUndefined();
  });

  it("of a list is told once, and marks only what it is about", () => {
    const error = refused("allowed_origins[2]", "allowed_origins[0]", "test_rules.emails");
    expect(errorOf(error, "allowed_origins")).toContain("too odd");
    expect(refusedOf(error, "allowed_origins", ["a", "b", "c"])).toEqual(["c", "a"]);
    expect(refusedOf(error, "test_rules.emails", ["a"])).toBeUndefined();
  });

  it("was sent as one of the lists", () => {
    const sent = { allowed_origins: ["a"], test_rules: { emails: ["b"] } } as unknown as Project;
    expect(sentOf(sent, "allowed_origins")).toEqual(["a"]);
    expect(sentOf(sent, "emails")).toEqual(["b"]);
    expect(sentOf(undefined, "domains")).toBeUndefined();
  });
});

describe("what is kept of a draft that was not saved", () => {
  it("is what was typed, as it was typed, and nothing else", () => {
    expect(typedOf(project, draftOf(project))).toEqual({});
    const draft = { ...draftOf(project), name: "Acme ", emails: ["qa@acme.com", ""] };
    expect(typedOf(project, draft)).toEqual({ name: "Acme ", emails: ["qa@acme.com", ""] });
  });
});

describe("what a PATCH says", () => {
  it("is nothing where nothing was changed", () => {
    expect(changesOf(project, draftOf(project))).toEqual({});
  });

  it("leaves out empty lines and space around", () => {
    const draft = { ...draftOf(project), name: " Acme ", domains: ["", " qa.acme.com "] };
    expect(changesOf(project, draft)).toEqual({});
  });

  it("names only what was changed, of the test rules only those lists", () => {
    const draft = {
      ...draftOf(project),
      allowed_origins: ["https://www.acme.com"],
      emails: ["qa@acme.com"],
      min_form_seconds: "3",
    };
    const changes = changesOf(project, draft);
    expect(changes).toEqual({
      allowed_origins: ["https://www.acme.com"],
      min_form_seconds: 3,
      test_rules: { emails: ["qa@acme.com"] },
    });
    expect(countChanges(changes)).toBe(3);
  });

  it("leaves it to the API to refuse what is no number", () => {
    expect(changesOf(project, { ...draftOf(project), min_form_seconds: "2.5" })).toEqual({
      min_form_seconds: "2.5",
    });
    expect(changesOf(project, { ...draftOf(project), min_form_seconds: "" })).toEqual({
      min_form_seconds: "",
    });
  });
});

it("takes several items out of one paste", () => {
  expect(splitLines("https://a.example\n https://b.example, https://c.example;")).toEqual([
    "https://a.example",
    "https://b.example",
    "https://c.example",
  ]);
});

it("makes slugs that the API takes", () => {
  expect(slugOf("  Söhne & Töchter GmbH ")).toBe("sohne-tochter-gmbh");
  expect(slugOf("شركة")).toBe("");
  expect(slugOf(`${"a".repeat(63)} b`)).toBe("a".repeat(63));
});

describe("the snippet", () => {
  const snippet = snippetOf(project, "https://leads.acme.com");

  it("posts to this Leadledger, for this project", () => {
    expect(snippet).toContain('<script src="https://leads.acme.com/lead.js" defer></script>');
    expect(snippet).toContain('<form action="https://leads.acme.com/api/leads" method="post"');
    expect(snippet).toContain('data-lead-project="acme"');
    expect(snippet).toContain('<input type="hidden" name="project" value="acme">');
  });

  it("redirects to a website that may send, never to a pattern", () => {
    expect(snippet).toContain('name="redirect" value="https://www.acme.com/thanks"');
  });

  it("names another honeypot than the usual, and no honeypot can leave its attribute", () => {
    expect(snippet).not.toContain("data-lead-honeypot");
    const other = snippetOf({ ...project, honeypot_field: 'a"><b' }, "https://leads.acme.com");
    expect(other).toContain('data-lead-honeypot="a&quot;&gt;&lt;b"');
    expect(other).not.toContain('a"><b');
  });
});

describe("when a block ends", () => {
  const now = Date.UTC(2026, 10, 21, 12);

  it("is never, or so many days from now", () => {
    expect(expiresAt("never", "2026-12-01T00:00", "UTC", now)).toBeNull();
    expect(expiresAt("7d", "", "UTC", now)).toBe("2026-11-28T12:00:00.000Z");
  });

  it("is a local time of the zone", () => {
    expect(expiresAt("until", "2026-12-01T09:30", "Asia/Kolkata", now)).toBe("2026-12-01T04:00:00.000Z");
  });

  it("leaves it to the API to refuse what is no time", () => {
    expect(expiresAt("until", "", "UTC", now)).toBe("");
  });
});
