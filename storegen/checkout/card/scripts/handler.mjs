// The payment function: calculates an order's total again, by its own clock and with the cart's own code. Only if the
// result is the total that the page showed, it opens a payment of this sum.

import { sums } from "../../../../themes/default/components/cart/totals.mjs";
import { textFits } from "../../../../themes/default/components/services/service-text.mjs";
import { current } from "../../../../themes/default/scripts/prices.mjs";
import { detailsPage, json, page, redirect } from "./answers.mjs";
import { decimalOf, paymentOf } from "./payment.mjs";
import { hex, linesOfOrder, sha256 } from "./prices.mjs";
import { orderOf, RequestError } from "./reading.mjs";
import { orderOfReturn, signedOrder } from "./returning.mjs";

/** @import { Sums } from "../../../../themes/default/scripts/types" */
/** @import { Buyer, Found, Language, Service, Settings, Shop, Surroundings, Tools } from "./types" */
/** @typedef {Awaited<ReturnType<typeof orderOf>>} Order */

const SIGNING_KEY = "STOREGEN_ORDER_KEY";
const SHORTEST = 16; // characters of a signing key
const PATIENCE = 10000; // milliseconds for an answer of the payment service

/** The payment service didn't do what it was asked for. */
export class ServiceError extends Error {}

// The beginning of a code's SHA-256, as the price list has it.
/** @param {string} code */
async function mark(code) {
  return code ? hex(await sha256(new TextEncoder().encode(code.trim().toLowerCase()))).slice(0, 20) : "";
}

// Messages of services may repeat a part of the key.
/** @param {string} text */
const withoutKeys = (text) => text.replace(/\b(?:[sr]k|live|test|Bearer|Basic)[_ ][\w*=+/-]+/gi, "…");

/** @param {Surroundings["secret"]} secret @returns {Tools} */
const toolsOf = (secret) => ({
  secret,
  async ask(url, init) {
    const answer = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    const text = await answer.text();
    if (!answer.ok) throw new ServiceError(`${new URL(url).host} answered ${answer.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  },
});

/** @param {unknown} address of a payment page */
function checked(address) {
  const { protocol, hostname, href } = new URL(String(address));
  if (protocol !== "https:" && hostname !== "127.0.0.1") throw new ServiceError("the payment page has no address");
  return href;
}

/**
 * The language of an order, and its code.
 * @param {Settings} settings
 * @param {string} code
 * @param {string} market
 * @returns {[string, Language]}
 */
function languageOf({ languages }, code, market = "") {
  const found = code || Object.keys(languages)[0];
  if (!Object.hasOwn(languages, found) || (market && languages[found].market !== market)) throw new RequestError(400);
  return [found, languages[found]];
}

/**
 * Whether a line's services are no longer those that the page showed.
 * @param {Found} line
 * @param {Language} language
 */
const changedServices = ({ offered = [], services }, { rules }) =>
  services.some(({ id, price }) => !offered.includes(id) || rules.services?.[id]?.price !== price);

/**
 * Whether the cart is another one than the page showed: an article is gone, or prices, offers or delivery differ.
 * @param {Found[]} lines
 * @param {Sums} found
 * @param {Order} order
 */
function differs(lines, found, { fields, gifts, lines: ordered }) {
  /** @param {string} sku */
  const wanted = (sku) => lines.reduce((all, line) => all + (line.sku === sku ? line.count : 0), 0);
  const goods = lines.reduce((all, { price, count }) => all + price * count, 0);
  return (
    found.apart ||
    lines.some(({ sku, left }) => left !== undefined && wanted(sku) > left) ||
    ordered.some(({ shown }, place) => shown !== undefined && shown !== lines[place].price) ||
    (fields.price && goods !== Number(fields.price)) ||
    (found.method && fields.country && found.to && found.to !== fields.country) ||
    (fields.method && found.method?.id !== fields.method) ||
    [...gifts].some(([offer, sku]) => !found.gifts.some((gift) => gift.offer.id === offer && gift.line.sku === sku)) ||
    (fields.total && found.sum !== Number(fields.total))
  );
}

// Without its signing key, a service that needs one can't be used.
/** @param {Service} service @param {Surroundings["secret"]} secret */
const modeOf = (service, secret) =>
  service.signed && secret(SIGNING_KEY).length < SHORTEST ? "none" : service.mode(secret);

/**
 * The address of this function to which a service sends the buyer back.
 * @param {Parameters<typeof signedOrder>[0] & { now: number }} order
 * @param {string} code of the language
 * @param {Shop} shop
 * @param {{ secret: Surroundings["secret"], home: string }} around
 */
async function returnOf(order, code, { settings, service }, { secret, home }) {
  const address = new URL(settings.path, settings.origin || home);
  address.searchParams.set("lang", code);
  if (service.signed) address.searchParams.set("order", await signedOrder(order, secret(SIGNING_KEY), order.now));
  return String(address);
}

/**
 * The page after a payment. It empties the cart of what was bought, and counts the order once.
 * @param {{ id: string, decimal: string, currency: string }} order
 * @param {Language} language
 * @param {string} home
 */
function thanksOf({ id, decimal, currency }, language, home) {
  const query = new URLSearchParams(id ? { session_id: id, value: decimal, currency } : { paid: "" });
  return `${home}${language.thanks}?${query}`;
}

/**
 * The answer to a buyer who comes back from the payment page.
 * @param {URLSearchParams} query
 * @param {Shop} shop
 * @param {Surroundings & { home: string }} around
 */
async function returned(query, { settings, service }, { secret, home }) {
  const [, language] = languageOf(settings, query.get("lang") ?? "");
  const { digits } = settings.markets[language.market];
  const unpaid = redirect(`${home}${language.cart}#later`);
  try {
    const order = service.signed
      ? await orderOfReturn(query.get("order") ?? "", secret(SIGNING_KEY), Date.now())
      : { id: "", total: 0, currency: "", country: "" };
    if (!order || modeOf(service, secret) === "none") return unpaid;
    const known = { ...order, decimal: decimalOf(order.total, digits) };
    const paid = await service.finish?.(query, known, toolsOf(secret));
    return paid ? redirect(thanksOf(known, language, home)) : unpaid;
  } catch (error) {
    console.error(`checkout: ${withoutKeys(String(error))}`);
    return unpaid;
  }
}

/**
 * The answer to an order: a redirect to the payment page, or back to the shop.
 * @param {Order} order
 * @param {Shop} shop
 * @param {Surroundings & { home: string }} around
 */
async function pay(order, shop, { secret, read, home }) {
  const { settings, prices, service } = shop;
  const { fields, gifts, from, sent } = order;
  const [code, language] = languageOf(settings, fields.lang, fields.market);
  const market = settings.markets[language.market];
  const origin = settings.origin ? home : "";
  // A page without scripts can't show what changed, so the answer is a page that says it.
  /** @param {"changed" | "later"} why */
  const back = (why) =>
    fields.total
      ? redirect(`${origin}${language.cart}#${why}`)
      : page(why === "changed" ? 409 : 503, why, { settings, code, language, home, back: from || language.cart });
  if (modeOf(service, secret) === "none") return back("later");
  try {
    const now = Date.now();
    const options = { settings, prices, market: language.market, language: code, read };
    const lines = (await linesOfOrder(order.lines, options))?.map((line) => current(line, now));
    if (!lines || lines.some((line) => changedServices(line, language))) return back("changed");
    const { services = {} } = language.rules;
    if (order.lost || !lines.every((line) => line.services.every(({ id, text }) => textFits(services[id], text))))
      return page(400, "service", { settings, code, language, home, back: from || language.cart });
    const kept = {
      country: fields.country,
      postcode: fields.postcode,
      method: fields.method,
      chosen: Object.fromEntries(gifts),
    };
    const found = sums(lines, language.rules, { kept, now, code: await mark(fields.code) });
    if (differs(lines, found, order)) return back("changed");
    const known = paymentOf(lines, found, { language, market, most: service.most, now });
    const asked = known.country ? ["name", "email", "street", "postcode", "city"] : ["name", "email"];
    // The price of the delivery may depend on the postcode.
    const needed = service.asks ? asked : found.postcode === "" ? ["postcode"] : [];
    if (needed.some((name) => !fields[name]))
      return detailsPage(sent, `${known.decimal(known.total)} ${known.currency}`, needed, {
        settings,
        code,
        language,
        home,
      });
    const payment = {
      ...known,
      success: thanksOf({ ...known, decimal: known.decimal(known.total) }, language, home),
      cancel: `${home}${from || language.cart}`,
      back: await returnOf(known, code, shop, { secret, home }),
      notes: { code: fields.code, language: code, build: settings.build },
      buyer: /** @type {Buyer} */ (fields),
    };
    return redirect(checked(await service.start(payment, toolsOf(secret))));
  } catch (error) {
    if (error instanceof RequestError) throw error;
    console.error(`checkout: ${withoutKeys(String(error))}`);
    return back("later");
  }
}

/**
 * The shop's address. Pages may have another one than that of the build, such as a test address of the host: a buyer
 * who orders there comes back there.
 * @param {Request} request
 * @param {Shop["settings"]} settings
 * @param {string} fixed
 */
function homeOf({ headers }, settings, fixed) {
  const origin = headers.get("origin") ?? "";
  const beside = !settings.origin && headers.get("sec-fetch-site") === "same-origin" && /^https?:/.test(origin);
  return (fixed || (beside ? origin : settings.shop)).replace(/\/+$/, "");
}

/**
 * The answer to a request to the function's path.
 * @param {Request} request
 * @param {Shop} shop
 * @param {Surroundings} around
 * @returns {Promise<Response>}
 */
export async function answer(request, shop, around) {
  const { settings, service } = shop;
  const home = homeOf(request, settings, around.secret("SHOP_URL"));
  const query = new URL(request.url).searchParams;
  const reads = request.method === "GET" || request.method === "HEAD";
  if (reads && !query.has("lang"))
    return json({ build: settings.build, mode: modeOf(service, around.secret), service: service.name });
  try {
    if (reads && service.finish) return await returned(query, shop, { ...around, home: settings.origin ? home : "" });
    if (request.method !== "POST") throw new RequestError(405);
    return await pay(await orderOf(request, home), shop, { ...around, home });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const [code, language] = languageOf(settings, "");
    return page(error.status, "refused", { settings, code, language, home, back: language.cart });
  }
}
