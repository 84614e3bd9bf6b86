// The bar at the top.

import { LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import { useOpenAlerts } from "../api/alerts.ts";
import { type Session, useSignOut } from "../api/session.ts";
import { formatCount } from "../format.ts";
import { setTheme, type Theme, useTheme } from "../ui/theme.ts";
import { say } from "../ui/toasts.tsx";

const themes = {
  system: { next: "light", label: "Theme: as the system", Icon: Monitor },
  light: { next: "dark", label: "Theme: light", Icon: Sun },
  dark: { next: "system", label: "Theme: dark", Icon: Moon },
} as const satisfies Record<Theme, unknown>;

function ThemeButton() {
  const { next, label, Icon } = themes[useTheme()];
  return (
    <button
      type="button"
      className="button quiet icon"
      aria-label={`${label}. Change`}
      title={label}
      onClick={() => setTheme(next)}
    >
      <Icon aria-hidden size={18} />
    </button>
  );
}

export function Logo() {
  return <img src="/favicon.svg" alt="" width={26} height={26} />;
}

/** How many alerts are open; nothing where there are none, or where it cannot be known. */
function OpenAlerts() {
  const { data } = useOpenAlerts();
  const count = data?.pages.reduce((sum, page) => sum + page.data.length, 0) ?? 0;
  if (count === 0) return null;
  const more = data?.pages.at(-1)?.next_cursor != null ? "+" : "";
  return (
    <span className="count">
      {formatCount(count)}
      {more}
      <span className="unseen"> open</span>
    </span>
  );
}

const everybodys = [
  { to: "/", label: "Lead stats" },
  { to: "/briefs", label: "Briefs" },
  { to: "/alerts", label: "Alerts" },
];
const admins = [
  { to: "/submissions", label: "Submissions" },
  { to: "/projects", label: "Projects" },
  { to: "/channels", label: "Channels" },
];

/** Where the pages' names do not fit beside each other, the present one is in sight. */
function usePresentInSight() {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the present page is another with each path
  useEffect(() => {
    const frame = nav.current;
    const link = frame?.querySelector<HTMLElement>("[aria-current=page]");
    if (!frame || !link) return;
    // Names grow when their font or a number comes.
    const observer = new ResizeObserver(() => {
      frame.scrollLeft = link.offsetLeft - (frame.clientWidth - link.offsetWidth) / 2;
    });
    for (const each of frame.children) observer.observe(each);
    return () => observer.disconnect();
  }, [pathname]);
  return nav;
}

export function Top({ session }: { session: Session }) {
  const signOut = useSignOut();
  const nav = usePresentInSight();
  const pages = session.role === "admin" ? [...everybodys, ...admins] : everybodys;
  return (
    <header className="top no-print">
      <div className="inner">
        <NavLink to="/" className="brand">
          <Logo />
          Leadledger
        </NavLink>
        <nav ref={nav} className="nav" aria-label="Pages">
          {pages.map(({ to, label }) => (
            <NavLink key={to} to={to} end={to === "/"}>
              {label}
              {to === "/alerts" && <OpenAlerts />}
            </NavLink>
          ))}
        </nav>
        <div className="account">
          <span className="who" title={session.key_id}>
            {session.name || session.key_id}
          </span>
          <ThemeButton />
          <button
            type="button"
            className="button quiet icon"
            aria-label="Sign out"
            title="Sign out"
            disabled={signOut.isPending}
            onClick={() =>
              signOut.mutate(undefined, { onError: (error) => say(error.message, { bad: true }) })
            }
          >
            <LogOut aria-hidden size={18} />
          </button>
        </div>
      </div>
    </header>
  );
}
