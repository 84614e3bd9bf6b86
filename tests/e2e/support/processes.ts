/** Finding the runtime's processes of one stack, and ending them without warning. Linux only: it reads /proc. */
import { readdir, readFile } from "node:fs/promises";

const read = (path: string) => readFile(path, "utf8").catch(() => "");

/** Process ids of the workerd processes that belong to the stack with this state directory. */
export async function runtimesOf(state: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found: number[] = [];
  for (const pid of pids) {
    const [program = ""] = (await read(`/proc/${pid}/cmdline`)).split("\0");
    if (!program.endsWith("workerd")) continue;
    const variables = (await read(`/proc/${pid}/environ`)).split("\0");
    if (variables.some((variable) => variable.endsWith(`=${state}`))) found.push(Number(pid));
  }
  return found;
}

/** Kills them all at once, as a machine that loses power would. Returns how many there were. */
export async function killRuntimes(state: string): Promise<number> {
  const pids = await runtimesOf(state);
  for (const pid of pids) process.kill(pid, "SIGKILL");
  return pids.length;
}
