// The words of a campaign, from the address that an advertisement leads to, for this visit and this tab only; a payment
// link whose data-tags says so takes them along, so that an order says where it came from.
const { storage } = window.storegen;
const KEY = "storegen.tags";
const NAMES = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];
// Stripe takes letters, digits, hyphens and underscores, 150 at most (docs.stripe.com/payment-links/url-parameters, 2026-11).
const good = (value) => value.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 150);

// Of what was given or kept, what may be sent on.
const known = (values) =>
  Object.fromEntries(
    NAMES.filter((name) => typeof values?.[name] === "string" && values[name]).map((name) => [
      name,
      good(values[name]),
    ]),
  );

let tags = known(Object.fromEntries(new URLSearchParams(location.search)));
if (Object.keys(tags).length) storage.write(KEY, tags, "sessionStorage");
else tags = known(storage.read(KEY, "sessionStorage"));

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
