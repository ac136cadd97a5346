// Cloudflare Pages in advanced mode: the function gets the requests of _routes.json, and passes on all but its own.
import { answer } from "../handler.mjs";
import { isOwn, secretsOf } from "./environment.mjs";

/** @import { Shop } from "../types" */
/** @typedef {{ ASSETS?: { fetch(request: Request): Promise<Response> } }} Env */

/** @param {Shop} shop */
export const adapter = (shop) => async (/** @type {Request} */ request, /** @type {Env} */ env) => {
  const secret = secretsOf(env);
  const { path, shop: home } = shop.settings;
  /** @param {Request} asked */
  const assets = async (asked) => env?.ASSETS?.fetch(asked) ?? new Response("not found\n", { status: 404 });
  const url = new URL(request.url);
  if (!isOwn(url.pathname, path)) return assets(request);
  return answer(request, shop, {
    secret,
    read: (file) =>
      env?.ASSETS ? assets(new Request(new URL(file, url))) : fetch((secret("SHOP_URL") || home) + file),
  });
};
