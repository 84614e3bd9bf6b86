// What the submissions page looks for: its address, its question, its days.

import { describe, expect, it } from "vitest";
import {
  afterDay,
  changed,
  daysFault,
  droppedOf,
  emptySearch,
  isNarrowed,
  isTooShort,
  isWholeDate,
  lastDayOf,
  questionOf,
  readSearch,
  type Search,
  writeSearch,
} from "../../worker/dashboard/src/submissions/search.ts";

const whole: Search = {
  q: "O'Brien & Söhne",
  project: "acme",
  event_type: "bot",
  reason: "honeypot_filled",
  flag: "vpn",
  lead_id: "lead_1",
  from: "2026-11-01",
  to: "2026-11-08",
  limit: 100,
  cursor: "c13.6526",
};

describe("the address of a search", () => {
  it("holds all of it, and reads back the same", () => {
    expect(readSearch(new URLSearchParams(writeSearch(whole).toString()))).toEqual(whole);
  });

  it("is empty for the whole list", () => {
    expect(writeSearch(emptySearch).toString()).toBe("");
    expect(readSearch(new URLSearchParams())).toEqual(emptySearch);
  });

  it("counts what cannot be as not said", () => {
    const address = new URLSearchParams(
      "event_type=lead&reason=none&flag=hotter&from=2026-02-30&to=yesterday&limit=7",
    );
    expect(readSearch(address)).toEqual(emptySearch);
    const years = new URLSearchParams("from=%2B012026-11-01&to=0020-11-01");
    expect(readSearch(years)).toEqual(emptySearch);
  });
});

describe("what a link asks for and cannot have", () => {
  it.each([
    ["event_type=foo&limit=7&to=2026-02-30", ["event_type=foo", "limit=7", "to=2026-02-30"]],
    ["event_type=bot&event_type=test&evnt_type=bot", ["event_type=test", "evnt_type=bot"]],
    ["q=x", ["q=x"]],
    ["gclid=1&q=&project=acme&limit=50&cursor=c1", []],
  ])("%s", (address, expected) => {
    expect(droppedOf(new URLSearchParams(address))).toEqual(expected);
  });

  it("is nothing of what the page itself writes", () => {
    expect(droppedOf(writeSearch(whole))).toEqual([]);
  });
});

describe("one letter", () => {
  it("is no search yet", () => {
    expect(["t", " t ", "😀"].map(isTooShort)).toEqual([true, true, true]);
    expect(["", "ta", " "].map(isTooShort)).toEqual([false, false, false]);
    expect(readSearch(new URLSearchParams("q=t")).q).toBe("");
  });
});

describe("the question to the API", () => {
  it("asks for local days as instants of the zone", () => {
    const question = questionOf(whole, "Asia/Kolkata");
    expect(question.get("from")).toBe("2026-10-31T18:30:00.000Z");
    expect(question.get("to")).toBe("2026-11-07T18:30:00.000Z");
  });

  it("follows the zone's clock changes", () => {
    const days = { ...emptySearch, from: "2026-03-29", to: "2026-03-30" };
    const question = questionOf(days, "Europe/Berlin");
    expect(question.get("from")).toBe("2026-03-28T23:00:00.000Z");
    expect(question.get("to")).toBe("2026-03-29T22:00:00.000Z");
  });

  it("always says how many rows", () => {
    expect(questionOf(emptySearch, "UTC").toString()).toBe("limit=50");
  });
});

describe("changing a search", () => {
  it("begins at the first page", () => {
    expect(changed(whole, { q: "ada" })).toEqual({ ...whole, q: "ada", cursor: "" });
  });

  it("knows whether anything narrows the list", () => {
    expect(isNarrowed(emptySearch)).toBe(false);
    expect(isNarrowed({ ...emptySearch, cursor: "c1", limit: 200 })).toBe(false);
    expect(isNarrowed({ ...emptySearch, flag: "hot" })).toBe(true);
  });
});

describe("days", () => {
  it("names the last day that is meant, across months", () => {
    expect(lastDayOf("2026-03-01")).toBe("2026-02-28");
    expect(afterDay("2026-12-31")).toBe("2027-01-01");
    expect(afterDay(lastDayOf("2026-11-08"))).toBe("2026-11-08");
    expect([lastDayOf(""), afterDay("")]).toEqual(["", ""]);
  });

  it("are wrong where the last is before the first", () => {
    expect(daysFault({ from: "2026-11-08", to: afterDay("2026-11-07") })).not.toBeNull();
    expect(daysFault({ from: "2026-11-08", to: afterDay("2026-11-08") })).toBeNull();
    expect(daysFault({ from: "2026-11-08", to: "" })).toBeNull();
  });

  it("waits while a year is being typed", () => {
    expect(isWholeDate("0020-11-01")).toBe(false);
    expect(isWholeDate("2026-11-01")).toBe(true);
    expect(isWholeDate("")).toBe(true);
    // A browser's field takes six digits.
    expect(isWholeDate("123456-11-01")).toBe(false);
  });
});
