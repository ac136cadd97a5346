// The status of the code that a visitor typed into the cart; loaded in shops that have codes, before the cart is shown.
import { about, countOf, runs } from "./totals.mjs";

const { word, money } = window.storegen;

// Codes are compared by their digest, so that the page doesn't reveal them. Without crypto.subtle, the shop checks the
// code.
window.storegen.codeMark = async (code) => {
  if (!globalThis.crypto?.subtle) return "";
  const bytes = new TextEncoder().encode(code.trim().toLowerCase());
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...found]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, 20);
};

// What a cart lacks for a code.
function lacking(offer, { total, lines }) {
  const count = countOf(lines.filter(about(offer)));
  return offer.min_total > total ? "total" : count && count < offer.min_count ? "count" : "not_yet";
}

// Show it in a cart. The box is closed for visitors without a code. *typed* is the code's digest.
window.storegen.cartCodes = (view, code, typed, found, { offers, currency }) => {
  const box = view.find("code");
  if (!box) return;
  if (code && !box.contains(document.activeElement)) view.find("code-field").value = code;
  // A valid code closes the box.
  if (code) box.open = !found.coded || box.contains(document.activeElement);
  const offer = offers.find((each) => each.code === typed && runs(each, Date.now()));
  const state = found.worth ? "good" : found.coded ? "nothing" : offer ? lacking(offer, found) : "none";
  const tell = (sum) => money(sum, currency);
  const { min_total: least = 0, min_count: count } = offer ?? {};
  const said = word(`code_${state}`, { code, count, price: tell(least), missing: tell(least - found.total) });
  // Conditions come with an offer that has no page.
  view.write({ "code-says": typed ? [said, offer?.terms].join(" ") : "" });
};
