// The bar at the top.

import { LogOut, Monitor, Moon, Sun } from "lucide-react";
import { NavLink } from "react-router";
import { type Session, useSignOut } from "../api/session.ts";
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

export function Top({ session }: { session: Session }) {
  const signOut = useSignOut();
  const pages =
    session.role === "admin"
      ? [
          { to: "/", label: "Lead stats" },
          { to: "/submissions", label: "Submissions" },
          { to: "/projects", label: "Projects" },
        ]
      : [{ to: "/", label: "Lead stats" }];
  return (
    <header className="top no-print">
      <div className="inner">
        <NavLink to="/" className="brand">
          <Logo />
          Leadledger
        </NavLink>
        <nav className="nav" aria-label="Pages">
          {pages.map(({ to, label }) => (
            <NavLink key={to} to={to} end={to === "/"}>
              {label}
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
