/** What build.mjs makes. */
declare module "*/build/openapi/validators.mjs" {
  interface Fault {
    instancePath: string;
    message?: string;
    keyword: string;
    params: Record<string, unknown>;
  }
  export interface Validate {
    (value: unknown): boolean;
    errors?: Fault[] | null;
  }
  interface Answer {
    /** Names of validators by media type. */
    types: Record<string, string>;
    headers: Record<string, { required: boolean; validator: string }>;
  }
  export const routes: { path: string; methods: Record<string, Record<string, Answer>> }[];
  /** Name of the validator of a problem. */
  export const problem: string;
}
