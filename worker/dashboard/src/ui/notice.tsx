// A sentence that a reader of the page must see.

import { Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

export function Notice({ tone = "info", children }: { tone?: "info" | "warn" | "bad"; children: ReactNode }) {
  const Icon = tone === "info" ? Info : TriangleAlert;
  return (
    <div className={tone === "info" ? "notice" : `notice ${tone}`} role={tone === "bad" ? "alert" : "note"}>
      <Icon aria-hidden size={16} />
      <div>{children}</div>
    </div>
  );
}
