declare module "vitest" {
  interface ProvidedContext {
    corpus: { kind: string; name: string; base64: string }[];
  }
}

export type {};
