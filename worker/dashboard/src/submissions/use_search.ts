// The search that the address holds, and the way through its pages.

import { useLocation, useNavigate } from "react-router";
import type { Change } from "./filters.tsx";
import { changed, droppedOf, readSearch, type Search, writeSearch } from "./search.ts";

/** Cursors of the pages before this one, oldest first; none where the address was opened on its own. */
interface Trail {
  back: string[];
}

export function useSearch() {
  const location = useLocation();
  const navigate = useNavigate();
  const address = new URLSearchParams(location.search);
  const search = readSearch(address);
  const back = (location.state as Trail | null)?.back ?? [];
  const go = (next: Search, replace: boolean, trail: string[]) =>
    navigate({ search: writeSearch(next).toString() }, { replace, state: { back: trail } satisfies Trail });
  // Not what was drawn last: two changes in a row must both hold.
  const asked = () => readSearch(new URLSearchParams(window.location.search));
  const change: Change = (part, { replace } = { replace: false }) => go(changed(asked(), part), replace, []);
  return {
    search,
    dropped: droppedOf(address),
    change,
    pageNumber: back.length + 1,
    next: (cursor: string) => {
      // The page before stays while this one comes, with the cursor that has led here: a second click goes nowhere.
      if (cursor !== asked().cursor) go({ ...search, cursor }, false, [...back, search.cursor]);
    },
    previous: () => go({ ...search, cursor: back.at(-1) ?? "" }, false, back.slice(0, -1)),
  };
}
