// A server with Node.js 18 or later. A web server in front of it passes on the function's path.

/** @typedef {(request: Request, env: unknown) => Promise<Response>} Serve */

const { process } = /** @type {any} */ (globalThis);

// The modules of Node.js, about which the type checker knows nothing.
/** @param {string} name @returns {Promise<any>} */
const load = (name) => import(name);

/** Whether this file is the program, and not a part of another one. @param {string} address */
export async function isMain(address) {
  if (!process?.argv?.[1] || !address.startsWith("file:")) return false;
  const { realpathSync } = await load("node:fs");
  const { fileURLToPath } = await load("node:url");
  return realpathSync(process.argv[1]) === realpathSync(fileURLToPath(address));
}

/** Answer requests on HOST and PORT. @param {Serve} serve */
export async function listen(serve) {
  const { createServer } = await load("node:http");
  const { Readable } = await load("node:stream");
  const { HOST = "127.0.0.1", PORT = "8787" } = process.env;
  const server = createServer(async (/** @type {any} */ asked, /** @type {any} */ answer) => {
    try {
      const body = ["GET", "HEAD"].includes(asked.method) ? {} : { body: Readable.toWeb(asked), duplex: "half" };
      const pairs = Object.entries(asked.headers).map(([name, value]) => [name, String(value)]);
      const url = new URL(asked.url, `http://${asked.headers.host ?? "localhost"}`);
      const options = /** @type {any} */ ({ method: asked.method, headers: Object.fromEntries(pairs), ...body });
      const found = await serve(new Request(url, options), undefined);
      answer.writeHead(found.status, Object.fromEntries(found.headers));
      answer.end(new Uint8Array(await found.arrayBuffer()));
    } catch (error) {
      console.error(`checkout: ${error}`);
      if (!answer.headersSent) answer.writeHead(500);
      answer.end();
    }
  });
  server.listen(Number(PORT), HOST, () => console.log(`answering on http://${HOST}:${server.address().port}`));
  return server;
}
