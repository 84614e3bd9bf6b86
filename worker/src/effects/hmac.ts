// hmac: HMAC-SHA-256 of a text. With a key of text in hexadecimal; with a key of bytes, in base64, also in base64.

import { hex } from "../hex.ts";
import { ok, type Reply } from "./effect.ts";

type Hmac = { text: string } & ({ key: string } | { key_base64: string });

const algorithm = { name: "HMAC", hash: "SHA-256" };
const encoder = new TextEncoder();

export async function hmac(effect: Hmac): Promise<Reply> {
  const isText = "key" in effect;
  const secret = isText
    ? encoder.encode(effect.key)
    : Uint8Array.from(atob(effect.key_base64), (char) => char.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, encoder.encode(effect.text));
  return ok(isText ? hex(signature) : btoa(String.fromCharCode(...new Uint8Array(signature))));
}
