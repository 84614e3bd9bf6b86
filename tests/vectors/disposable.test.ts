// The packed table of throw-away mail domains: all of the list are found, and no other.

import { createRequire } from "node:module";
import { expect, test } from "vitest";
import base from "./base.json" with { type: "json" };
import { loadBrowserModule } from "./builds.ts";

const { disposableEmailBlocklist } = createRequire(import.meta.url)("disposable-email-domains-js") as {
  disposableEmailBlocklist(): string[];
};

const browser = await loadBrowserModule();
const input = JSON.stringify(base);

function isDisposable(domain: string): boolean {
  const answer = JSON.parse(
    browser.explain(input, JSON.stringify({ project: "acme", email: `ada@${domain}` })),
  );
  return answer.reasons.some(({ code }: { code: string }) => code === "disposable_email");
}

test("every domain of the list is found, and what lies below one", () => {
  const all = disposableEmailBlocklist().map((domain) => domain.toLowerCase());
  expect(all.length).toBeGreaterThan(5000);
  expect(all.filter((domain) => !isDisposable(domain))).toEqual([]);
  expect(isDisposable(`inbox.${all[0]}`)).toBe(true);
});

test("hardly any other is: one in half a million by chance", () => {
  const others = Array.from({ length: 20_000 }, (_, number) => `bakery-${number}.co`);
  expect(others.filter(isDisposable).length).toBeLessThan(3);
});
