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
 * A page of the function.
 * @param {number} status
 * @param {string} title
 * @param {string} body
 * @param {{ settings: Settings, code: string, home: string }} options
 */
function pageOf(status, title, body, { settings, code, home }) {
  const origin = settings.origin ? home : "";
  const html = `<!doctype html>
<html lang="${escaped(code)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(origin + settings.style)}"></head>
<body><main class="page">${body}</main></body></html>
`;
  const own = origin || "'self'";
  const policy = [
    "default-src 'none'",
    `style-src ${own}`,
    `font-src ${own}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return new Response(html, {
    status,
    headers: {
      ...HEADERS,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
      ...(status === 405 ? { allow: "GET, HEAD, POST" } : {}),
    },
  });
}

const COMPLETE = {
  name: "name",
  email: "email",
  phone: "tel",
  street: "street-address",
  postcode: "postal-code",
  city: "address-level2",
};

/**
 * A page that asks for the buyer's details, and sends the same order again with them.
 * @param {[string, string][]} sent the fields of the order
 * @param {boolean} carried whether an address is needed
 * @param {{ settings: Settings, code: string, language: Language, home: string }} options
 */
export function detailsPage(sent, carried, options) {
  const { words } = options.language;
  const asked = /** @type {(keyof typeof COMPLETE)[]} */ (
    carried ? ["name", "email", "street", "postcode", "city"] : ["name", "email"]
  );
  const kept = sent.filter(([name]) => !asked.some((each) => each === name));
  const hidden = kept.map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`);
  const fields = asked.map(
    (
      name,
    ) => `<p><label>${escaped(words.labels[name])}<br><input name="${name}" type="${name === "email" ? "email" : "text"}"
 autocomplete="${COMPLETE[name]}" maxlength="100" required></label></p>`,
  );
  const body = `<h1>${escaped(words.details)}</h1><form method="post" action="${escaped(options.settings.path)}">
${hidden.join("")}${fields.join("")}<p><button class="button button--main">${escaped(words.go)}</button></p></form>`;
  return pageOf(200, words.details, body, options);
}

/**
 * A page that says why nothing was charged, with a link back.
 * @param {number} status
 * @param {"refused" | "changed" | "later"} why
 * @param {{ settings: Settings, code: string, language: Language, home: string, back: string }} options
 */
export function page(status, why, { back, ...options }) {
  const { words } = options.language;
  const href = escaped((options.settings.origin ? options.home : "") + back);
  const body = `<div class="empty"><h1 class="empty__title">${escaped(words[why])}</h1>
<p class="empty__text">${escaped(words.unpaid)}</p>
<p><a class="button button--main" href="${href}">${escaped(words.back)}</a></p></div>`;
  return pageOf(status, words[why], body, options);
}
