// IP addresses: canonical text, and 32 hexadecimal digits to compare ranges by.

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/;

/** Canonical text, or "" where it is none. */
export function canonicalAddress(text: string): string {
  if (text === "") return "";
  if (!text.includes(":")) return ipv4.test(text) && !text.endsWith(".") ? text : "";
  try {
    return new URL(`http://[${text}]/`).hostname.slice(1, -1);
  } catch {
    return "";
  }
}

export function addressHex(address: string): string {
  if (!address.includes(":")) {
    const digits = address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
    return `00000000000000000000ffff${digits.join("")}`;
  }
  const [head = "", tail = ""] = address.split("::");
  const groups = (text: string) =>
    text === "" ? [] : text.split(":").map((group) => group.padStart(4, "0"));
  const before = groups(head);
  const after = groups(tail);
  return [...before, ...Array<string>(8 - before.length - after.length).fill("0000"), ...after].join("");
}

export interface Range {
  from: string;
  to: string;
}

export function cidrRange(text: string): Range {
  const [address = "", bits] = text.split("/");
  const hex = addressHex(canonicalAddress(address));
  const offset = address.includes(":") ? 0 : 96;
  const free = BigInt(128 - (bits === undefined ? 128 : Number(bits) + offset));
  const from = (BigInt(`0x${hex}`) >> free) << free;
  const to = from | ((1n << free) - 1n);
  return { from: from.toString(16).padStart(32, "0"), to: to.toString(16).padStart(32, "0") };
}
