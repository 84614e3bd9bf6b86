declare module "vitest" {
  interface ProvidedContext {
    corpus: { kind: string; name: string; base64: string }[];
    /** Address of support/receiver_server.ts. */
    receiver: string;
  }
}

export type {};
