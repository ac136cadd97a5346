// The function's answers: redirects, JSON, and small pages in the shop's language.

/** @import { Language, Settings } from "./types" */

const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };
/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} text */
export const escaped = (text) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]);

/** @param {string} address */
export const redirect = (address) => new Response(null, { status: 303, headers: { ...HEADERS, location: address } });

/** @param {object} value */
export const json = (value) =>
  new Response(JSON.stringify(value), { headers: { ...HEADERS, "content-type": "application/json" } });

/**
 * A page that says why nothing was charged, with a link back.
 * @param {number} status
 * @param {"refused" | "changed" | "later"} why
 * @param {{ settings: Settings, code: string, language: Language, home: string, back: string }} options
 */
export function page(status, why, { settings, code, language: { words }, home, back }) {
  const origin = settings.origin ? home : "";
  const html = `<!doctype html>
<html lang="${escaped(code)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escaped(words[why])}</title>
<link rel="stylesheet" href="${escaped(origin + settings.style)}"></head>
<body><main class="page"><div class="empty"><h1 class="empty__title">${escaped(words[why])}</h1>
<p class="empty__text">${escaped(words.unpaid)}</p>
<p><a class="button button--main" href="${escaped(origin + back)}">${escaped(words.back)}</a></p></div></main></body></html>
`;
  const styles = settings.origin ? home : "'self'";
  return new Response(html, {
    status,
    headers: {
      ...HEADERS,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src ${styles}; font-src ${styles}; frame-ancestors 'none'; base-uri 'none'`,
      ...(status === 405 ? { allow: "GET, HEAD, POST" } : {}),
    },
  });
}
