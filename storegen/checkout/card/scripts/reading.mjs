// Reading and checking of a request, which may come from anybody.

/** @import { Ordered } from "./types" */

const LONGEST = 32 * 1024; // bytes
const LINES = 100;
// A line may say the price of a piece that the page showed.
const LINE = /^([^\p{Cc}]{1,100}):([1-9]\d{0,2})(?:~(\d{1,15}))?$/u;
// A service: the place of its line, its id, and the price that the page showed.
const SERVICE = /^(\d{1,2}):([\w-]{1,40}):(\d{1,15})$/;
const TEXT = /^text:(\d{1,2}:[\w-]{1,40})$/;
const AMOUNT = /^\d{1,15}$/;
const GIFT = /^([\w-]{1,100}):([^\p{Cc}]{1,100})$/u;
const ID = /^[\w-]{1,100}$/;
const PATH = /^\/(?![/\\])[^\\\s<>"'\p{Cc}?#]{0,500}(?:\?variant=[\w%.~!*()-]{1,300})?$/u;

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
  const lines = linesOf(form.getAll("line"));
  const lost = addServices(lines, form);
  const gifts = new Map(
    form
      .getAll("gift")
      .map((each) => fieldsOf(each, GIFT))
      .map(([offer, sku]) => [offer, sku]),
  );
  const priced = lines.every(({ shown }) => shown !== undefined);
  if ([fields.total, fields.price, priced].filter(Boolean).length !== 1) throw new RequestError(400);
  const from = form.get("from") ?? "";
  return { fields, lines, lost, gifts, from: PATH.test(from) ? from : "", sent: [...form] };
}

/** @param {string} text @param {RegExp} shape @returns {[string, string, string]} */
function fieldsOf(text, shape) {
  const found = shape.exec(text);
  if (!found) throw new RequestError(400);
  return [found[1], found[2], found[3]];
}

/** @param {string[]} lines @returns {Ordered[]} */
function linesOf(lines) {
  if (!lines.length || lines.length > LINES) throw new RequestError(400);
  return lines.map((each) => {
    const [sku, count, shown] = fieldsOf(each, LINE);
    return { sku, count: Number(count), ...(shown && { shown: Number(shown) }), services: [] };
  });
}

/**
 * Add the services of a form to its lines. No line has a service twice, and no two lines are the same. Returns whether
 * there is a text whose service wasn't chosen, which would be lost.
 * @param {Ordered[]} lines
 * @param {URLSearchParams} form
 */
function addServices(lines, form) {
  const texts = new Map([...form].flatMap(([name, text]) => (TEXT.test(name) && text ? [[name, text]] : [])));
  const chosen = form.getAll("service").map((each) => fieldsOf(each, SERVICE));
  for (const [place, id, price] of chosen) {
    const services = lines[Number(place)]?.services;
    if (!services || services.some((each) => each.id === id)) throw new RequestError(400);
    const name = `text:${Number(place)}:${id}`;
    services.push({ id, text: texts.get(name) ?? "", price: Number(price) });
    texts.delete(name);
  }
  const keys = new Set(lines.map(({ sku, services }) => JSON.stringify([sku, services])));
  if (keys.size !== lines.length) throw new RequestError(400);
  return texts.size > 0;
}
