// How Wrangler hands over a compiled module.
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
