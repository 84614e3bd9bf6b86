import { Link, useLocation } from "react-router";
import { Empty } from "../ui/states.tsx";
import { useTitle } from "../ui/title.ts";

const adminPaths = /^\/(submissions|projects|channels)(\/|$)/;

export default function NotFound({ isAdmin }: { isAdmin: boolean }) {
  useTitle("Nothing here");
  const { pathname } = useLocation();
  const needsAdmin = !isAdmin && adminPaths.test(pathname);
  return (
    <>
      <h1>{needsAdmin ? "This page needs an admin key" : "There is nothing here"}</h1>
      <Empty title={needsAdmin ? "Your key is a marketing key." : "The address names no page."}>
        <p>
          {needsAdmin && "Sign out and in again with an admin key, or "}
          <Link to="/">go to lead stats</Link>.
        </p>
      </Empty>
    </>
  );
}
