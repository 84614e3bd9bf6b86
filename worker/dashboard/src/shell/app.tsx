// The frame around every page: who is signed in, where one can go. Pages are loaded when they are first opened.

import { Fragment, lazy, type MouseEvent, Suspense } from "react";
import { Route, Routes, useLocation } from "react-router";
import { reachOf, useOtherTabs, useSession } from "../api/session.ts";
import { useKeptFocus } from "../ui/keep_focus.ts";
import { Failed } from "../ui/states.tsx";
import { Toasts } from "../ui/toasts.tsx";
import { Crash } from "./crash.tsx";
import { SignIn } from "./sign_in.tsx";
import { Top } from "./top.tsx";

const Stats = lazy(() => import("../stats/page.tsx"));
const Briefs = lazy(() => import("../briefs/page.tsx"));
const Brief = lazy(() => import("../briefs/one.tsx"));
const BriefPreview = lazy(() => import("../briefs/preview.tsx"));
const Alerts = lazy(() => import("../alerts/page.tsx"));
const Submissions = lazy(() => import("../submissions/page.tsx"));
const Submission = lazy(() => import("../submissions/one.tsx"));
const Projects = lazy(() => import("../projects/page.tsx"));
const Project = lazy(() => import("../projects/one.tsx"));
const Channels = lazy(() => import("../channels/page.tsx"));
const NotFound = lazy(() => import("./not_found.tsx"));

function Loading() {
  return (
    <div role="status">
      <span className="unseen">Loading…</span>
      <div className="skeleton" />
    </div>
  );
}

/** A step of the history would have none of what a page keeps in its own. */
function skip(event: MouseEvent) {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

export function App() {
  const session = useSession();
  const { pathname } = useLocation();
  useOtherTabs();
  useKeptFocus();
  if (session.isPending) return <main className="main" aria-busy="true" />;
  // That it could not be looked up again says nothing about whoever is signed in.
  if (session.data === undefined) {
    return (
      <main className="main">
        <Failed error={session.error} retry={() => session.refetch()} />
      </main>
    );
  }
  if (session.data === null) return <SignIn />;
  const isAdmin = session.data.role === "admin";
  return (
    <Fragment key={reachOf(session.data)}>
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to a place on the page; only the history is spared */}
      <a className="skip button main no-print" href="#content" onClick={skip}>
        Skip to content
      </a>
      <Top session={session.data} />
      <main className="main" id="content" tabIndex={-1}>
        <Crash path={pathname} loading={<Loading />}>
          <Suspense fallback={<Loading />}>
            <Routes>
              <Route path="/" element={<Stats session={session.data} />} />
              <Route path="/briefs" element={<Briefs session={session.data} />} />
              <Route path="/briefs/preview" element={<BriefPreview session={session.data} />} />
              <Route path="/briefs/:id" element={<Brief session={session.data} />} />
              <Route path="/alerts" element={<Alerts session={session.data} />} />
              {isAdmin && (
                <>
                  <Route path="/submissions" element={<Submissions session={session.data} />} />
                  <Route path="/submissions/:id" element={<Submission session={session.data} />} />
                  <Route path="/projects" element={<Projects session={session.data} />} />
                  <Route path="/projects/:slug" element={<Project session={session.data} />} />
                  <Route path="/channels" element={<Channels session={session.data} />} />
                </>
              )}
              <Route path="*" element={<NotFound isAdmin={isAdmin} />} />
            </Routes>
          </Suspense>
        </Crash>
      </main>
      <Toasts />
    </Fragment>
  );
}
