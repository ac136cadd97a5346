// The words of a campaign, from the address that an advertisement leads to, for this visit and this tab only; a payment
// link whose data-tags says so takes them along, so that an order says where it came from.
const KEY = "storegen.tags";
const NAMES = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];
// Stripe takes letters, digits, hyphens and underscores, 150 at most (docs.stripe.com/payment-links/url-parameters, 2026-11).
const good = (value) => value.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 150);

const given = new URLSearchParams(location.search);
let tags = Object.fromEntries(NAMES.filter((name) => given.get(name)).map((name) => [name, good(given.get(name))]));
try {
  if (Object.keys(tags).length) sessionStorage.setItem(KEY, JSON.stringify(tags));
  else tags = JSON.parse(sessionStorage.getItem(KEY)) ?? {};
} catch {
  // Without storage they last as long as the page.
}

// data-tags is what stands before the names in the provider's parameters, mostly nothing.
function tagged(link, before) {
  const address = new URL(link.href);
  for (const name of NAMES)
    if (tags[name] && !address.searchParams.has(before + name)) address.searchParams.set(before + name, tags[name]);
  link.href = address;
}

for (const name of ["click", "auxclick"])
  document.addEventListener(
    name,
    ({ target }) => {
      const link = target.closest?.("a[href^='https:']");
      const before = link?.closest("[data-tags]")?.dataset.tags;
      if (before !== undefined) tagged(link, before);
    },
    true,
  );
