// What the browser's tab and history call the page. Nobody's name: histories are synchronised and shared.

import { useEffect } from "react";

export function useTitle(text: string) {
  useEffect(() => {
    document.title = `${text} – Leadledger`;
  }, [text]);
}
