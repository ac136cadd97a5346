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
 * @param {{ settings: Settings, code: string, language: Language, home: string }} options
 */
function pageOf(status, title, body, { settings, code, language, home }) {
  const origin = settings.origin ? home : "";
  const styles = settings.styles.map((style) => `<link rel="stylesheet" href="${escaped(origin + style)}">`);
  const html = `<!doctype html>
<html lang="${escaped(code)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escaped(title)}</title>${styles.join("")}</head>
<body><main class="payment-page"><p class="payment-page__shop"><a href="${escaped(origin + language.home)}">${escaped(settings.name)}</a></p>
<h1 class="payment-page__title">${escaped(title)}</h1>${body}</main></body></html>
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
  street: "address-line1",
  postcode: "postal-code",
  city: "address-level2",
};

/**
 * A page that asks for the buyer's details, and sends the same order again with them.
 * @param {[string, string][]} sent the fields of the order
 * @param {string} total
 * @param {string[]} asked the names of the fields
 * @param {{ settings: Settings, code: string, language: Language, home: string }} options
 */
export function detailsPage(sent, total, asked, options) {
  const { words } = options.language;
  const kept = sent.filter(([name]) => !asked.includes(name));
  const hidden = kept.map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`);
  const fields = /** @type {(keyof typeof COMPLETE)[]} */ (asked).map(
    (name) => `<p class="payment-page__field"><label>${escaped(words.labels[name])}
<input class="payment-page__input" name="${name}" type="${name === "email" ? "email" : "text"}" autocomplete="${COMPLETE[name]}" maxlength="100" required></label></p>`,
  );
  const body = `<p class="payment-page__total">${escaped(`${words.labels.total}: ${total}`)}</p>
<form method="post" action="${escaped(options.settings.path)}">${hidden.join("")}${fields.join("")}
<p class="payment-page__go"><button class="button button--main button--wide">${escaped(words.go)}</button></p></form>`;
  return pageOf(200, words.details, body, options);
}

/**
 * A page that says why nothing was charged, with a link back.
 * @param {number} status
 * @param {"refused" | "changed" | "service" | "later"} why
 * @param {{ settings: Settings, code: string, language: Language, home: string, back: string }} options
 */
export function page(status, why, { back, ...options }) {
  const { words } = options.language;
  const href = escaped((options.settings.origin ? options.home : "") + back);
  const body = `<p class="payment-page__text">${escaped(words.unpaid)}</p>
<p class="payment-page__go"><a class="button button--main" href="${href}">${escaped(words.back)}</a></p>`;
  return pageOf(status, words[why], body, options);
}
