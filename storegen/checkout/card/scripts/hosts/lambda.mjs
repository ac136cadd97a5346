// AWS Lambda with a function URL or an HTTP API, payload version 2.0.

/** @typedef {(request: Request, env: unknown) => Promise<Response>} Serve */

/** @param {Serve} serve */
export const handlerOf = (serve) => async (/** @type {any} */ event) => {
  const { rawPath, headers = {}, requestContext, body, isBase64Encoded } = event;
  const method = requestContext.http.method;
  const sent = isBase64Encoded ? Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0)) : body;
  const url = new URL(rawPath, `https://${requestContext.domainName ?? "localhost"}`);
  url.search = event.rawQueryString ?? "";
  const given = ["GET", "HEAD"].includes(method) ? {} : { body: sent ?? "" };
  const found = await serve(new Request(url, { method, headers, ...given }), undefined);
  return { statusCode: found.status, headers: Object.fromEntries(found.headers), body: await found.text() };
};
