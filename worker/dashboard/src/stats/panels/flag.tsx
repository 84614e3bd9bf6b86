// A country's flag beside its name, which says the same in words.

import { useEffect, useState } from "react";
import { countryName } from "../../words.ts";

let urls: ReadonlyMap<string, string> | undefined;
let loading: Promise<void> | undefined;

function useFlagUrl(code: string): string | undefined {
  const [, loaded] = useState(urls !== undefined);
  useEffect(() => {
    if (urls !== undefined) return;
    let gone = false;
    loading ??= import("./flag_urls.ts").then(({ flagUrls }) => {
      urls = flagUrls;
    });
    loading.then(
      () => !gone && loaded(true),
      () => {
        // Without flags the names stand alone.
        loading = undefined;
      },
    );
    return () => {
      gone = true;
    };
  }, []);
  return urls?.get(code);
}

export function Country({ code }: { code: string }) {
  const url = useFlagUrl(code);
  return (
    <span className="country">
      {url === undefined ? (
        <span className="flag none" aria-hidden />
      ) : (
        <img className="flag" src={url} alt="" width={21} height={14} decoding="async" />
      )}
      <span className="name">{code === "" ? "(not known)" : countryName(code)}</span>
    </span>
  );
}
