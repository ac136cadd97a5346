// The secrets of the function: each host has another place for them.

/** @import { Secrets } from "../types" */

/** @param {unknown} env what the host passes, which may be anything @returns {Secrets} */
export const secretsOf = (env) => (name) => {
  const global = /** @type {any} */ (globalThis);
  const values = /** @type {any} */ (env);
  const found = [values?.[name], global.Netlify?.env?.get?.(name), global.process?.env?.[name], denied(global, name)];
  return found.find((each) => typeof each === "string" && each)?.trim() ?? "";
};

// Deno may refuse to read a variable.
/** @param {any} global @param {string} name */
function denied({ Deno }, name) {
  try {
    return Deno?.env?.get?.(name);
  } catch {
    return undefined;
  }
}

/** @param {string} pathname @param {string} path */
export const isOwn = (pathname, path) => pathname.replace(/\/$/, "") === path;
