// The campaign parameters of the landing page's address, kept for this visit in this tab. They are added to payment
// links with data-tags, so that the provider's order shows its campaign.
const { storage } = window.storegen;
const KEY = "storegen.tags";
const NAMES = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"];
// Stripe accepts up to 150 letters, digits, hyphens and underscores (docs.stripe.com/payment-links/url-parameters,
// 2026-11).
const good = (value) => value.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 150);

// The valid campaign parameters among some values.
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

// data-tags is the prefix of the provider's parameters, usually empty.
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
