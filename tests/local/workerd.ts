// A bare Workers runtime, without Wrangler, from a configuration in its own language.
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { temporaryDirectory } from "./engine.ts";

const binary = join(createRequire(import.meta.url).resolve("workerd/package.json"), "../bin/workerd");

export class Workerd {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #remove: () => void;

  private constructor(url: string, process: ChildProcess, remove: () => void) {
    this.url = url;
    this.#process = process;
    this.#remove = remove;
  }

  /** `services`: the entries of Config.services; the one named `main` answers `url`. `log` is given stderr. */
  static async start(
    services: string,
    files: Record<string, string>,
    log: (text: string) => void = () => {},
  ): Promise<Workerd> {
    const directory = temporaryDirectory();
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory.path, name), text);
    writeFileSync(
      join(directory.path, "config.capnp"),
      `using Workerd = import "/workerd/workerd.capnp";
      const config :Workerd.Config = (
        services = [${services}],
        sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
      );`,
    );
    const child = spawn(
      binary,
      ["serve", "--experimental", "--verbose", "--control-fd=1", join(directory.path, "config.capnp")],
      {
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let errors = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
      log(chunk.toString());
    });
    const port = await new Promise<number>((resolve, reject) => {
      let output = "";
      child.stdout?.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        const found = /"event":"listen","socket":"http","port":(\d+)/.exec(output)?.[1];
        if (found !== undefined) resolve(Number(found));
      });
      child.once("exit", (code) => reject(new Error(`workerd ended with ${code}: ${errors}`)));
    });
    return new Workerd(`http://127.0.0.1:${port}`, child, directory.remove);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#process.once("exit", () => {
        this.#remove();
        resolve();
      });
      this.#process.kill("SIGKILL");
    });
  }
}
