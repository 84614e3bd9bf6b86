// What a tool is; build/generated/mcp.ts has them all, made from schema/mcp.json.

/** A value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

export type Property = { [keyword: string]: Json } & {
  /** Of an object whose members are parameters too. */
  properties?: { [name: string]: Json };
};

export interface Schema {
  type: "object";
  [keyword: string]: unknown;
}

/** A GET that the tool stands for. */
export interface ToolCall {
  /** Under this name its body stands in the result; null where it is the whole result. */
  as: string | null;
  /** {argument} in it stands for an argument. Where there is none, the request is not made. */
  path: string;
  query: Record<string, string | number>;
  /** Arguments that become parameters of the same name. */
  takes: string[];
  defaults: Record<string, string | number>;
  /** Where in the results so far an argument of the path is found that was not given. */
  pick: Record<string, (string | number)[]>;
}

export interface Tool {
  /** As clients see it. */
  definition: {
    name: string;
    title: string;
    description: string;
    inputSchema: Schema & { properties: Record<string, Property>; required: string[] };
    outputSchema: Schema;
    annotations: Record<string, string | boolean>;
  };
  calls: ToolCall[];
  units: Record<string, string>;
  /** Where in the result the facts of its age stand. */
  freshness: string[];
  /** Members of the result whose text strangers wrote: a.b[].c */
  writtenByVisitors: string[];
  /** What to do about too large a result. */
  narrow: string;
}
