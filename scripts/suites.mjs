// The suites of `npm test`, in the order in which they run: what fails most often and fastest comes first.
//
// `needs`   groups of system packages (lib/system_packages.mjs)
// `worker`  true where the Worker's own parts must be built first (scripts/build.mjs, which says what that needs)
// `steps`   what runs, one after the other; each ends with 0 or the suite has failed
// `minutes` the most it may take, far above what it does take: a suite that hangs must fail, not stop all

import { inRoot, node, vitestCli } from "./lib/paths.mjs";

const script = (path, ...args) => [node, inRoot(path), ...args];

const vitest = (folder) => [node, vitestCli, "run", "--config", inRoot(folder, "vitest.config.ts")];

const preset = (name, ...targets) => [
  ["cmake", "--preset", name],
  ["cmake", "--build", "--preset", name, ...targets.flatMap((target) => ["--target", target])],
];

/** A test that asserts nothing fails, and no test may lean on the one before it. */
const catch2 = (build) => [
  inRoot("build", build, "leadledger_tests"),
  "--order",
  "rand",
  "--warn",
  "NoAssertions",
];

export const suites = [
  {
    name: "lint",
    title: "formatters, linters, types",
    needs: ["lint"],
    worker: true,
    steps: [script("scripts/lint.mjs")],
    minutes: 15,
  },
  {
    name: "core",
    title: "the core, native",
    needs: ["native"],
    steps: [
      ...preset("native"),
      catch2("native"),
      [
        "ctest",
        "--test-dir",
        inRoot("build/native/tests"),
        "-R",
        "^compile",
        "-j",
        "2",
        "--output-on-failure",
      ],
    ],
    minutes: 25,
  },
  {
    name: "asan",
    title: "the core, under ASan and UBSan",
    needs: ["native"],
    steps: [...preset("asan"), catch2("asan")],
    minutes: 30,
  },
  {
    name: "fuzz",
    title: "decoders and messages, fuzzed",
    needs: ["native"],
    steps: [...preset("asan"), script("scripts/fuzz.mjs")],
    minutes: 12,
  },
  {
    name: "browser",
    title: "the browser's modules build",
    needs: ["browser_build"],
    steps: preset("browser"),
    minutes: 10,
  },
  {
    name: "vectors",
    title: "one answer from native, WASI and browser",
    needs: ["native", "browser_build"],
    worker: true,
    steps: [
      ...preset("native", "leadledger_vectors"),
      ...preset("asan", "leadledger_vectors"),
      ...preset("browser"),
      vitest("tests/vectors"),
    ],
    minutes: 12,
  },
  {
    name: "worker",
    title: "the Worker, in the Workers runtime",
    needs: ["build"],
    worker: true,
    steps: [vitest("tests/worker")],
    minutes: 15,
  },
  {
    name: "local",
    title: "the local Analytics Engine",
    needs: [],
    steps: [vitest("tests/local")],
    minutes: 5,
  },
  {
    name: "reports",
    title: "reports against a brute-force count",
    needs: ["build"],
    worker: true,
    steps: [vitest("tests/reports")],
    minutes: 10,
  },
  {
    name: "tooling",
    title: "scripts and keys",
    needs: [],
    steps: [vitest("tests/tooling")],
    minutes: 5,
  },
  {
    name: "deploy",
    title: "what would be deployed, and its size",
    needs: ["build"],
    worker: true,
    steps: [script("scripts/deploy_check.mjs")],
    minutes: 5,
  },
  {
    name: "docs",
    title: "examples, links and generated pages",
    needs: ["build", "docs"],
    worker: true,
    steps: [vitest("tests/docs")],
    minutes: 8,
  },
  {
    name: "e2e",
    title: "npm start, a browser, a killed Worker",
    needs: ["build", "chromium"],
    worker: true,
    steps: [vitest("tests/e2e")],
    minutes: 12,
  },
  {
    name: "units",
    title: "the dashboard's own logic",
    needs: ["build"],
    worker: true,
    steps: [vitest("tests/dashboard")],
    minutes: 3,
  },
  {
    name: "dashboard",
    title: "the dashboard in a browser, with demo data",
    needs: ["build", "chromium"],
    worker: true,
    steps: [vitest("tests/e2e/dashboard")],
    minutes: 40,
  },
];
