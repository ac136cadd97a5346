// Reading and checking of a request, which may come from anybody.

/** @import { Found } from "./types" */

const LONGEST = 32 * 1024; // bytes
const LINES = 100;
const LINE = /^([^\p{Cc}]{1,100}):([1-9]\d{0,2})$/u;
const AMOUNT = /^\d{1,15}$/;
const GIFT = /^([\w-]{1,100}):([^\p{Cc}]{1,100})$/u;
const ID = /^[\w-]{1,100}$/;
const PATH = /^\/(?![/\\])[^\\\s<>"'\p{Cc}?#]{0,500}$/u;

// The shape of each field that may be there once.
/** @type {Record<string, RegExp>} */
const FIELDS = {
  code: /^[^\p{Cc}]{1,40}$/u,
  country: /^[A-Z]{2}$/,
  postcode: /^[^\p{Cc}]{1,20}$/u,
  method: ID,
  lang: ID,
  market: /^[A-Z]{0,20}$/,
  total: AMOUNT,
  price: AMOUNT,
  build: ID,
  name: /^[^\p{Cc}]{1,100}$/u,
  email: /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]{1,190}$/u,
  phone: /^[+\d ()./-]{5,30}$/,
  street: /^[^\p{Cc}]{1,200}$/u,
  city: /^[^\p{Cc}]{1,100}$/u,
};

/** A request that no page of the shop sends. *status* is the answer's. */
export class RequestError extends Error {
  /** @param {number} status */
  constructor(status) {
    super();
    this.status = status;
  }
}

/**
 * Whether a form was sent from a page of another site.
 * @param {Request} request
 * @param {string} home the shop's origin
 */
function foreign(request, home) {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  if (site === "same-origin") return false;
  if (origin) return origin !== home && (site !== null || origin !== new URL(request.url).origin);
  return site !== null && site !== "none";
}

/** @param {Request} request */
async function textOf(request) {
  if (Number(request.headers.get("content-length")) > LONGEST) throw new RequestError(413);
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > LONGEST) {
      await reader.cancel();
      throw new RequestError(413);
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * The fields of an order. Throws RequestError for a request that the shop's pages don't send.
 * @param {Request} request
 * @param {string} home
 */
export async function orderOf(request, home) {
  if (foreign(request, home)) throw new RequestError(403);
  const [type] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") throw new RequestError(415);
  const form = new URLSearchParams(await textOf(request));
  /** @type {Record<string, string>} */
  const fields = Object.create(null);
  for (const [name, shape] of Object.entries(FIELDS)) {
    const [value = "", ...more] = form.getAll(name);
    if (more.length || (value && !shape.test(value))) throw new RequestError(400);
    fields[name] = value;
  }
  const counts = linesOf(form.getAll("line"));
  const gifts = new Map(form.getAll("gift").map((each) => pairOf(each, GIFT)));
  if (!fields.total === !fields.price) throw new RequestError(400);
  const from = form.get("from") ?? "";
  return { fields, counts, gifts, from: PATH.test(from) ? from : "", sent: [...form] };
}

/** @param {string} text @param {RegExp} shape @returns {[string, string]} */
function pairOf(text, shape) {
  const found = shape.exec(text);
  if (!found) throw new RequestError(400);
  return [found[1], found[2]];
}

/** @param {string[]} lines @returns {Map<string, number>} */
function linesOf(lines) {
  const found = new Map(lines.map((each) => pairOf(each, LINE)).map(([sku, count]) => [sku, Number(count)]));
  if (!lines.length || lines.length > LINES || found.size !== lines.length) throw new RequestError(400);
  return found;
}
