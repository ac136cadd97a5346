// The payment function in the preview, with a stand-in for the payment service. Answers on 127.0.0.1 only, sends nothing
// to any other host, and ends with its parent: the first line of the standard input is the settings, its end the end.
import { randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { STAND_INS } from "./services.mjs";
import { testPage } from "./test-page.mjs";

const PAGE = "/__storegen/pay";
const { module, origin, words, title, service, env } = await new Promise((done) =>
  createInterface({ input: process.stdin }).once("line", (line) => done(JSON.parse(line))),
);
process.stdin.on("close", () => process.exit()).resume();

const payments = new Map();
const send = globalThis.fetch;
let language = "";

// The stand-in: it notes what it is asked for, and answers as the service does.
globalThis.fetch = async (url, init = {}) => {
  const asked = new URL(url);
  if (asked.origin === origin) return send(url, init);
  const id = randomUUID();
  const page = `${origin}${PAGE}?id=${id}`;
  const { answer, payment } = await STAND_INS[service]({ asked, init, id, page });
  if (payment) payments.set(id, { ...payment, language });
  return Response.json(answer);
};

// The module is loaded again after a build. Its text is imported, because Node.js takes a .js file for another format.
let loaded = {};
async function serveOf() {
  const { mtimeMs } = statSync(module);
  if (loaded.mtimeMs !== mtimeMs) {
    const found = await import(`data:text/javascript;base64,${readFileSync(module).toString("base64")}`);
    loaded = { mtimeMs, serve: found.default.fetch ?? found.default };
  }
  return loaded.serve;
}

async function answerTo({ method, url, headers }, body) {
  const address = new URL(url, origin);
  if (address.pathname === PAGE) {
    const payment = payments.get(address.searchParams.get("id"));
    if (!payment) return new Response("no such payment\n", { status: 404 });
    return testPage(payment, { title, words: words[payment.language] ?? Object.values(words)[0] });
  }
  language = new URLSearchParams(body.toString()).get("lang") ?? "";
  const given = ["GET", "HEAD"].includes(method) ? {} : { body };
  return (await serveOf())(new Request(address, { method, headers, ...given }), { ...env, SHOP_URL: origin });
}

const server = createServer(async (request, response) => {
  try {
    const parts = [];
    for await (const part of request) parts.push(part);
    const found = await answerTo(request, Buffer.concat(parts));
    response.writeHead(found.status, Object.fromEntries(found.headers));
    response.end(Buffer.from(await found.arrayBuffer()));
  } catch (error) {
    console.error(error);
    response.writeHead(500, { "content-type": "text/plain" }).end("the payment function failed; see the terminal\n");
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
