// Signing in with a key. The key goes to the server once and is kept nowhere on the page.

import { useId, useState } from "react";
import { Problem } from "../api/http.ts";
import { useSignIn } from "../api/session.ts";
import { useTitle } from "../ui/title.ts";
import { Logo } from "./top.tsx";

function explanation(error: Error): string {
  if (error instanceof Problem && error.status === 401) {
    return "This key is not known, or has expired. Check that all of it was copied.";
  }
  return error.message;
}

export function SignIn() {
  useTitle("Sign in");
  const id = useId();
  const [key, setKey] = useState("");
  const signIn = useSignIn();
  const error = signIn.error === null ? undefined : explanation(signIn.error);
  return (
    <main className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() !== "") signIn.mutate(key);
        }}
      >
        <div className="brand">
          <Logo />
          Leadledger
        </div>
        <h1>Sign in to see your leads</h1>
        <div className="field">
          <label htmlFor={id}>API key</label>
          <input
            id={id}
            className="input"
            type="password"
            autoComplete="current-password"
            spellCheck={false}
            required
            value={key}
            aria-invalid={error !== undefined}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setKey(event.target.value)}
          />
          <p className="hint" id={`${id}-hint`}>
            It begins with <code>llk_</code>. You stay signed in for twelve hours; the key itself is not kept
            in this browser.
          </p>
          <p className="error" role="alert">
            {error}
          </p>
        </div>
        <button className="button main" type="submit" disabled={signIn.isPending}>
          {signIn.isPending ? "Signing in…" : "Sign in"}
        </button>
      </form>
    </main>
  );
}
