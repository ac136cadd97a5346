// Send requests to a generated payment function. The payment service is a function here, so nothing leaves this process.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { module, env, now, files, answers, requests } = JSON.parse(readFileSync(0, "utf8"));
const calls = [];
const read = (url) => {
  const found = files[new URL(url).pathname];
  return new Response(found ?? "", { status: found === undefined ? 404 : 200 });
};
globalThis.fetch = async (url, init = {}) => {
  const { host, origin, pathname } = new URL(url);
  if (host === "shop.example") return read(url);
  const headers = Object.fromEntries(new Headers(init.headers));
  calls.push({ url: String(url), method: init.method ?? "GET", headers, body: init.body ?? "" });
  const given = answers[origin + pathname] ?? Object.values(answers)[0];
  const { status = 200, body = "{}", fails } = Array.isArray(given) ? (given.shift() ?? {}) : given;
  if (fails) throw new TypeError("fetch failed");
  return new Response(body, { status });
};
const log = [];
console.error = (...told) => log.push(told.join(" "));
const found = await import(`${pathToFileURL(module)}`);
const serve = found.default.fetch ?? found.default;
const results = [];
for (const { path, method = "POST", headers = {}, body, at } of requests) {
  const moment = Date.parse(at ?? now);
  Date.now = () => moment;
  const request = new Request(`https://shop.example${path}`, { method, headers, body });
  const answer = await serve(request, { ...env, ASSETS: { fetch: async (asked) => read(asked.url) } });
  const told = Object.fromEntries(answer.headers);
  results.push({ status: answer.status, headers: told, body: await answer.text() });
}
console.log(JSON.stringify({ results, calls, log }));
