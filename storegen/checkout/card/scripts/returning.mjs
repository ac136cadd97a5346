// The signed order in the address to which a buyer returns, for services that need a second call. Nothing is stored.

const KEPT = 3 * 3600000; // milliseconds: a buyer may take long on the payment page
const PARTS = 5;

/** @param {string} key */
const imported = (key) =>
  crypto.subtle.importKey("raw", new TextEncoder().encode(key), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);

/** @param {Uint8Array} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "");

/** @param {string} text */
const bytesOf = (text) =>
  Uint8Array.from(atob(text.replace(/[-_]/g, (sign) => (sign === "-" ? "+" : "/"))), (sign) => sign.charCodeAt(0));

/**
 * An order's id, total, currency and country with their signature.
 * @param {{ id: string, total: number, currency: string, country: string }} order
 * @param {string} key
 * @param {number} now
 */
export async function signedOrder({ id, total, currency, country }, key, now) {
  const text = [id, total, currency, country, now + KEPT].join(".");
  const mark = await crypto.subtle.sign("HMAC", await imported(key), new TextEncoder().encode(text));
  return `${text}.${base64url(new Uint8Array(mark))}`;
}

/**
 * The order of an address, undefined if it is not signed with this key, or too old.
 * @param {string} text
 * @param {string} key
 * @param {number} now
 */
export async function orderOfReturn(text, key, now) {
  const parts = text.split(".");
  const mark = parts.pop() ?? "";
  if (parts.length !== PARTS || !/^[\w-]{43}$/.test(mark)) return undefined;
  const data = new TextEncoder().encode(parts.join("."));
  if (!(await crypto.subtle.verify("HMAC", await imported(key), bytesOf(mark), data))) return undefined;
  const [id, total, currency, country, end] = parts;
  return Number(end) > now ? { id, total: Number(total), currency, country } : undefined;
}
