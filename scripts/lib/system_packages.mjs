// What must be on the machine besides Node and git, as Debian 12 names it.

/** For `npm start` and `npm run build`: the Worker's module. */
const module_ = [
  "clang-22",
  "lld-22",
  "llvm-22", // llvm-ar, llvm-ranlib
  "libc++-22-dev-wasm32",
  "libc++abi-22-dev-wasm32",
  "libclang-rt-22-dev-wasm32",
  "wasi-libc",
];
const build = ["cmake", "ninja-build", "rapidjson-dev", "libexpected-dev", "binaryen"];
const native = ["clang-22", "lld-22", "llvm-22", "catch2", "libclang-rt-22-dev"];
const lint = ["clang-22", "clang-format-22", "clang-tidy-22", "catch2"];

export const packages = {
  build: [...build, ...(process.env.WASI_SDK_PREFIX ? [] : module_)],
  native: [...build, ...native],
  browser_build: [...build, "emscripten"],
  lint: [...build, ...lint],
  chromium: ["chromium"],
  docs: ["curl"],
  bench: ["wrk"],
};

/** For a machine without apt: the programs that are looked for, and what to say when one is missing. */
export const programs = {
  build: ["cmake", "ninja"],
  native: ["clang++-22"],
  browser_build: ["emcc"],
  lint: ["clang-format-22", "clang-tidy-22"],
  chromium: ["chromium"],
  docs: ["curl"],
  bench: ["wrk"],
};

export const byHand = `This machine has no apt, so please install by hand:
  - wasi-sdk (version 22 or later), and set WASI_SDK_PREFIX to where it lies
  - CMake 3.25 or later, and Ninja
  - RapidJSON and tl-expected (headers; LEADLEDGER_HEADER_ROOT of CMake says where, /usr/include if unset)
  - Binaryen (wasm-opt)
  and for the tests also: Clang 22 with clang-format, clang-tidy and its sanitizers, Catch2, Emscripten,
  Chromium and curl.`;
