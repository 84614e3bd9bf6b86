// Talking to the public API of this very host. A session cookie speaks for the signed-in person; nothing here knows a
// key for longer than signing in takes.

export interface InvalidParam {
  name: string;
  reason: string;
  code: string;
}

/** What the API (or the network) answered instead of what was asked for. */
export class Problem extends Error {
  override name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly invalidParams: InvalidParam[];
  readonly retryAfterS: number | undefined;

  constructor(fields: {
    status: number;
    code: string;
    detail: string;
    requestId?: string | undefined;
    invalidParams?: InvalidParam[] | undefined;
    retryAfterS?: number | undefined;
  }) {
    super(fields.detail);
    this.status = fields.status;
    this.code = fields.code;
    this.requestId = fields.requestId;
    this.invalidParams = fields.invalidParams ?? [];
    this.retryAfterS = fields.retryAfterS;
  }
}

const unreachable = (cause: unknown) =>
  new Problem({
    status: 0,
    code: "unreachable",
    detail:
      cause instanceof DOMException && cause.name === "TimeoutError"
        ? "The server did not answer in time."
        : "The server could not be reached. Check your connection.",
  });

async function problemOf(response: Response): Promise<Problem> {
  const retry = Number(response.headers.get("retry-after") ?? Number.NaN);
  const common = {
    status: response.status,
    retryAfterS: Number.isFinite(retry) ? retry : undefined,
  };
  try {
    const body = await response.json();
    return new Problem({
      ...common,
      code: String(body.code ?? "unknown"),
      detail: String(body.detail ?? body.title ?? `The server answered ${response.status}.`),
      requestId: body.request_id,
      invalidParams: body.invalid_params,
    });
  } catch {
    return new Problem({ ...common, code: "unknown", detail: `The server answered ${response.status}.` });
  }
}

export interface Ask {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  headers?: Record<string, string>;
  json?: unknown;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
  /** "no-store": nothing that the browser has kept, and nothing to keep. */
  cache?: RequestCache;
  /** 401 is an answer like any other: nobody has to be signed in. */
  isSignIn?: boolean;
}

let sessionEnded = () => {};
/** `told` is called by whatever finds that the session has ended. */
export function whenSessionEnds(told: () => void) {
  sessionEnded = told;
}

/** The response where it is a success; a Problem is thrown otherwise (an AbortError where `signal` was used). */
export async function request(path: string, ask: Ask = {}): Promise<Response> {
  const {
    method = "GET",
    headers = {},
    json,
    signal,
    timeoutMs = 45_000,
    cache = "default",
    isSignIn = false,
  } = ask;
  const timeout = AbortSignal.timeout(timeoutMs);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: json === undefined ? headers : { "content-type": "application/json", ...headers },
      body: json === undefined ? null : JSON.stringify(json),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      credentials: "same-origin",
      cache,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable(error);
  }
  if (response.status === 401 && !isSignIn) sessionEnded();
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** The answer, and the very text it came as. */
export async function requestText<T>(path: string, ask: Ask = {}): Promise<{ text: string; answer: T }> {
  const response = await request(path, ask);
  try {
    const text = await response.text();
    return { text, answer: JSON.parse(text) as T };
  } catch (error) {
    if (ask.signal?.aborted) throw error;
    throw new Problem({
      status: response.status,
      code: "unreadable",
      detail: "The server's answer ended too early or cannot be read. Please try again.",
      requestId: response.headers.get("x-request-id") ?? undefined,
    });
  }
}

export const requestJson = async <T>(path: string, ask: Ask = {}): Promise<T> =>
  (await requestText<T>(path, ask)).answer;
