// The buyer's text for a service. storegen/model/services.py has the same rule. Both are tested with
// tests/vectors/totals.json.

/** @import { ServiceRule } from "../../scripts/types" */

// Control characters, line ends and characters that change the direction of text.
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * Whether a service can take a buyer's text. Its length is counted in Unicode code points.
 * @param {Pick<ServiceRule, "writes" | "limit" | "allowed" | "optional">} service
 */
export function textFits({ writes, limit = 0, allowed, optional = false }, text = "") {
  if (!writes || !text) return !text && (!writes || optional);
  if ([...text].length > limit || UNPRINTABLE.test(text)) return false;
  return !allowed || new RegExp(`^${allowed}$`, "u").test(text);
}
