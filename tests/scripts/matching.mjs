// What the filters of a list show: for each state of standard input, the rows that fit and the counts of the values.
// node matching.mjs MODULE FACTS < states.json
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

const { matching } = await import(pathToFileURL(process.argv[2]));
const data = JSON.parse(gunzipSync(readFileSync(process.argv[3])).toString());
const answers = JSON.parse(readFileSync(0, "utf8")).map(({ chosen, sort, now }) => {
  const wanted = new Map(Object.entries(chosen).map(([key, values]) => [key, new Set(values)]));
  const { rows, counts, without } = matching(data, wanted, sort, now);
  const told = [...counts].map(([key, values]) => [key, Object.fromEntries(values)]);
  return { rows, counts: Object.fromEntries(told), without };
});
console.log(JSON.stringify({ answers, data }));
