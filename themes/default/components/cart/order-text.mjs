// The text of an order: a row for each line, the totals, the address. storegen/checkout/order_reading.py parses the
// same format: keep both in sync. Pure function, without access to the page.

/** @import { Line, OrderWords, Sums } from "../../scripts/types" */

// Remove characters that could start a new row or change the text direction; storegen/checkout/order.py has the same
// rule.
/** @param {string} row */
const oneLine = (row) => row.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ");

/**
 * @param {Line[]} lines
 * @param {Sums} found
 * @param {{ currency: string, payment?: string }} rules
 * @param {{ decimal: (sum: number, currency: string) => string, words: OrderWords, country: string, code?: string, taxes?: { label: string, tax: number }[], later?: string[], contact?: string[] }} options *country*: its name, where there is a choice; *taxes*: those in the total; *later*: rows on lines that can't be sent at once; *contact*: the rows of the buyer's name and address
 */
export function orderText(
  lines,
  found,
  { currency, payment },
  { decimal, words, country, code, taxes = [], later = [], contact = [] },
) {
  /** @param {number} sum */
  const plain = (sum) => `${decimal(sum, currency)} ${currency}`;
  /** @param {Line} line @param {number} count */
  const row = (line, count) => {
    const name = line.choice ? `${line.name}, ${line.choice}` : line.name;
    const sum = `${plain(line.price)} = ${plain(line.price * count)}`;
    return `${count} × ${name} [${line.sku}] à ${sum}${line.code ? `  #${line.code}` : ""}`;
  };
  const rows = lines.map((line) => row(line, line.count));
  for (const { line } of found.gifts) rows.push(row(line, 1));
  rows.push("", `${words.pieces}: ${plain(found.pieces)}`);
  for (const { offer, amount } of found.reductions) rows.push(`${offer.name}: -${plain(amount)}`);
  if (found.method) {
    const parts = [words.delivery, found.method.name, country, found.postcode].filter(Boolean);
    rows.push(`${parts.join(", ")}: ${plain(found.delivery)}`);
  }
  rows.push(`${words.total}: ${plain(found.sum)}`);
  for (const { label, tax } of taxes) rows.push(`${label}: ${plain(tax)}`);
  if (found.worth) rows.push(`${words.code}: ${code}`);
  if (later.length) rows.push("", ...later);
  rows.push("", words.address, ...(contact.length ? contact : [""]), "");
  if (payment) rows.push(payment, "");
  return rows.map(oneLine).join("\r\n");
}
