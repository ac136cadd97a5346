// Hosts that call the function only for its path: Netlify, Vercel, Deno Deploy.
import { answer } from "../handler.mjs";
import { isOwn, secretsOf } from "./environment.mjs";

/** @import { Shop } from "../types" */

/** @param {Shop} shop */
export const adapter = (shop) => (/** @type {Request} */ request, /** @type {unknown} */ env) => {
  const secret = secretsOf(env);
  const { path, shop: home } = shop.settings;
  if (!isOwn(new URL(request.url).pathname, path)) return Promise.resolve(new Response("not found\n", { status: 404 }));
  return answer(request, shop, { secret, read: (file) => fetch((secret("SHOP_URL") || home) + file) });
};
