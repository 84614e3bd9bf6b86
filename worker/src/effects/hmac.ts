// hmac: HMAC-SHA-256 of a text, in hexadecimal.

import { hex } from "../hex.ts";
import { ok, type Reply } from "./effect.ts";

const algorithm = { name: "HMAC", hash: "SHA-256" };
const encoder = new TextEncoder();

export async function hmac(effect: { key: string; text: string }): Promise<Reply> {
  const key = await crypto.subtle.importKey("raw", encoder.encode(effect.key), algorithm, false, ["sign"]);
  return ok(hex(await crypto.subtle.sign("HMAC", key, encoder.encode(effect.text))));
}
