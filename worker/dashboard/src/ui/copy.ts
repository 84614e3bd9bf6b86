// Text to the clipboard, and a word about it.

import { say } from "./toasts.tsx";

export async function copy(text: string, done: string) {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say(`The browser does not let this page copy. Here it is: ${text}`, { bad: true });
  }
}
