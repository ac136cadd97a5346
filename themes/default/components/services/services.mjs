// The services of a cart's lines: wrapping, engraving and the like. A pure function with amounts in minor units.
// storegen/model/services.py has the same rules. Both are tested with tests/vectors/totals.json.

/** @import { Line, ServiceRule } from "../../scripts/types" */

/**
 * Lines with their services: each service is a line of its own below its article. A service that the shop doesn't have
 * is left out.
 * @param {Line[]} lines
 * @param {Record<string, ServiceRule>} services
 * @returns {Line[]}
 */
export function withServices(lines, services = {}) {
  return lines.flatMap((line) => {
    const chosen = (line.services ?? []).filter(({ id }) => Object.hasOwn(services, id));
    const rows = chosen.map(({ id, text }) => {
      const { name, price, once, code } = services[id];
      const [count, named] = [once ? 1 : line.count, text ? `${name}: ${text}` : name];
      return { sku: `+${id}`, name: named, product: "", count, price, code, tax: line.tax, carried: false };
    });
    return [line, ...rows];
  });
}
