// The page in place of a payment service. It says that it is a test.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => ESCAPES[sign]);

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2022; --back: #f3f4f2; --card: #fff; --line: #d5d8d3; --sign: #7a4b00; --tint: #fff1cf; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceeea; --back: #16181a; --card: #202326; --line: #3a3f42; --sign: #ffd98a; --tint: #3a2e12; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: 24px 16px 40px; }
.sign { padding: 12px 16px; border: 2px dashed var(--sign); border-radius: 8px; background: var(--tint); color: var(--sign); }
.sign h1 { margin: 0 0 4px; font-size: 1.25rem; }
.sign p { margin: 0; }
table { width: 100%; margin: 24px 0; border-collapse: collapse; background: var(--card); border-radius: 8px; }
td { padding: 10px 12px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td:last-child { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr:last-child td { border: 0; font-weight: 700; font-size: 1.125rem; }
small { display: block; opacity: 0.75; }
a { display: block; padding: 14px; border-radius: 8px; text-align: center; text-decoration: none; font-weight: 600; }
.pay { background: var(--ink); color: var(--card); }
.cancel { margin-top: 8px; color: inherit; text-decoration: underline; }
a:focus-visible { outline: 3px solid var(--sign); outline-offset: 2px; }
`;

const row = (name, note, sum) =>
  `<tr><td>${escaped(name)}${note ? `<small>${escaped(note)}</small>` : ""}</td><td>${escaped(sum)}</td></tr>`;

export function testPage({ lines, total, currency, success, cancel }, { title, words }) {
  const rows = lines.map(({ name, note, count, sum }) => row(count > 1 ? `${count} × ${name}` : name, note, sum));
  const html = `<!doctype html>
<html lang="${escaped(words.language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escaped(words.title)}</title><style>${STYLE}</style></head>
<body><main><div class="sign"><h1>${escaped(words.title)}</h1><p>${escaped(words.note.replace("{name}", title))}</p></div>
<table>${rows.join("")}${row(words.total, "", `${total} ${currency}`)}</table>
<a class="pay" href="${escaped(success)}">${escaped(words.pay)}</a>
<a class="cancel" href="${escaped(cancel)}">${escaped(words.cancel)}</a></main></body></html>
`;
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      "cache-control": "no-store",
    },
  });
}
