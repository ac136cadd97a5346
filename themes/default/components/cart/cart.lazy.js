// The cart's panel, loaded on demand.
import { tile } from "../picture/tile.mjs";
import { orderText } from "./order-text.mjs";
import { about, countOf, minorOf, oneOf, reduce, runs, sums, taxRows } from "./totals.mjs";

const { shop, word, fill, minor, decimal, money, plan, span, cart, load, say, current } = window.storegen;

// The picture of a line beside its name, or the tile.
function pictured({ picture, name }) {
  if (!picture) return tile(name);
  const image = Object.assign(new Image(92, 92), { src: picture, alt: "" });
  image.dataset.name = name;
  return image;
}

// The cart's page, which contains the rules of totals, the cart's words, the content of the drawer and the order sheet. A failed request is repeated.
let page;
const cartPage = () =>
  (page ??= fetch(shop.cart_page, { cache: "no-cache" })
    .then((answer) => answer.text())
    .then((text) => new DOMParser().parseFromString(text, "text/html"))
    .catch((error) => {
      page = undefined;
      throw error;
    }));

const inMinor = (value) => minorOf(value, minor);
let rules;

// Read the rules of totals from the cart's page, which may be this page.
async function readRules() {
  const place = "shop-cart [data-part=rules]";
  const found = document.querySelector(place) ?? (await cartPage()).querySelector(place);
  const { cart, order, words } = JSON.parse(found.textContent);
  rules = inMinor(cart);
  Object.assign(shop, { cart, order });
  Object.assign(shop.words, words);
  await Promise.all([cart.services && load("static:cart-services.js"), cart.codes && load("static:cart-codes.js")]);
  if (cart.methods?.some(({ surcharges, max_weight }) => surcharges || max_weight)) load("static:cart-areas.js");
}
const rulesReady = readRules();

const countryName = (code) => new Intl.DisplayNames([shop.language], { type: "region" }).of(code);

// The present totals of lines.
const sumsOf = (lines, code, choices = {}) =>
  sums(inMinor(lines), rules, { kept: { ...cart.kept(), ...choices }, now: Date.now(), code });

// The visitor's code, and its digest.
async function codeOf() {
  const { code } = cart.kept();
  return { code, typed: (code && (await window.storegen.codeMark?.(code))) || "" };
}

// The tax in a sum by rate.
const taxesOf = (sum, lines) =>
  (rules.tax_rate ? taxRows(sum, lines, rules.tax_rate) : [])
    .filter(({ tax }) => tax)
    .map(({ rate, tax }) => ({ rate: Number(rate).toLocaleString(shop.language), tax }));

// The text on the tax in a sum.
function taxText(sum, lines) {
  const rows = taxesOf(sum, lines);
  const tell = (tax) => money(tax, rules.currency);
  const key = rules.tax_included === false ? "tax_out" : "tax_in";
  if (!rows[0]) return "";
  const all = word(key, { price: tell(rows.reduce((tax, row) => tax + row.tax, 0)), name: rules.tax_name });
  // The rates are named if there are several.
  return rows[1] ? `${all} (${rows.map(({ rate, tax }) => `${rate}\u00a0%:\u00a0${tell(tax)}`).join(", ")})` : all;
}

// The text on the arrival of a parcel, empty if the shop names no times.
function arrivalOf(lines, found) {
  const days = shop.dispatch && found.method?.days;
  const ready = days && readyOf(lines.filter(({ carried }) => carried !== false));
  if (!ready) return "";
  const { first, last } = plan({ ...shop.dispatch, days }, ready.days, ready.from);
  const shown = ready.days ? span(last, last) : span(first, last);
  return word(ready.days ? "arrives_by" : "arrives", { days: shown });
}

// The order of lines for the order sheet. *costs* are those of the possible delivery methods.
async function orderOf(lines) {
  const { typed } = await codeOf();
  const found = sumsOf(lines, typed);
  const costs = found.possible.map(({ id }) => sumsOf(lines, typed, { method: id }).delivery);
  return { found, costs, tax: taxText(found.sum, found.lines), arrives: arrivalOf(lines, found) };
}

// The subject and the text of an order. *contact* are the rows of the buyer's name and address.
function textOf(lines, found, contact = []) {
  const country = found.countries.length ? countryName(found.to) : "";
  const later = lines.filter(laterOf).map((line) => `[${line.sku}] ${laterOf(line)}`);
  const { code } = cart.kept();
  const taxes = (rules.tax_included === false ? [] : taxesOf(found.sum, found.lines)).map(({ rate, tax }) => ({
    label: fill(shop.order.tax, { rate, name: rules.tax_name }),
    tax,
  }));
  const text = orderText(found.lines, found, rules, {
    decimal,
    words: shop.order,
    country,
    code,
    taxes,
    later,
    contact,
  });
  const [{ count, name } = {}, ...others] = lines;
  const alone = count === 1 && !others.length;
  const subject = alone ? fill(shop.order.subject, { name }) : fill(shop.order.subject_many, { shop: shop.name });
  return { subject, text };
}

Object.assign(window.storegen, { cartPage, rulesReady, sumsOf, countryName, orderOf, textOf });

// The variants on a product's page, in this page's language. An empty list means that the shop has no such product any
// more, undefined that nobody knows: there is no connection, or the answer isn't the shop's.
async function variantsOf(page) {
  try {
    const answer = await fetch(page, { cache: "no-cache" });
    if ([404, 410].includes(answer.status)) return [];
    const document = new DOMParser().parseFromString(await answer.text(), "text/html");
    const { href = "" } = document.querySelector(`link[rel=alternate][hreflang="${shop.language}"]`) ?? {};
    const here = href && new URL(href).pathname;
    if (here && document.documentElement.lang !== shop.language && here !== page) return await variantsOf(here);
    const found = document.querySelector("product-buy [data-part=data]");
    const offered = window.storegen.cartServices?.offered(document);
    if (found) return JSON.parse(found.textContent).variants.map((each) => ({ ...each, offered }));
    return answer.ok && document.querySelector("[data-shop]") ? [] : undefined;
  } catch {
    return undefined;
  }
}

// The same from a cache. Failed requests are repeated.
const asked = {};
async function remembered(page) {
  const found = await (asked[page] ??= variantsOf(page));
  if (!found) delete asked[page];
  return found ?? [];
}

// When everything in a parcel can be sent: the working days and the day from which they count. Undefined if the shop
// names no time for one of the lines.
function readyOf(lines) {
  const stocks = lines.map(({ stock = { ready: [0, 0] } }) => stock);
  if (!stocks.every(({ ready }) => ready)) return undefined;
  const from = stocks.map(({ available = "" }) => available).sort();
  const added = lines.map((line) => window.storegen.cartServices?.days(line, rules) ?? 0);
  return { days: Math.max(0, ...stocks.map(({ ready }, place) => ready[1] + added[place])), from: from.at(-1) };
}

// The text on when a line can be sent, empty if that is at once.
const laterOf = ({ stock }) => (["order", "back", "pre"].includes(stock?.state) ? stock.text : "");

// A text on articles that come from another market.
let moved = window.storegen.otherCarts?.().length
  ? load("static:cart-market.js").then(
      () => window.storegen.cartMarket(variantsOf),
      () => "",
    )
  : undefined;

let news;
const loadNews = () => (news ??= load("static:cart-news.js").catch(() => (news = undefined)));
if (cart.read().length) rulesReady.then(loadNews);

class ShopCart extends HTMLElement {
  together;
  connectedCallback() {
    if (this.find("body")) rulesReady.then(() => this.start());
    else this.fill();
  }

  // Get the content of the drawer. If that fails, opening the drawer leads to the cart's page.
  async fill() {
    try {
      await rulesReady;
      const from = (await cartPage()).querySelector("shop-cart");
      for (const part of from.querySelectorAll(".cart__head, .cart__state")) part.remove();
      this.append(...document.importNode(from, true).children);
    } catch {
      const leave = () => this.seen && location.assign(shop.cart_page);
      leave();
      new MutationObserver(leave).observe(this.closest("dialog"), { attributeFilter: ["open"] });
      return;
    }
    this.start();
  }

  start() {
    if (this.querySelector("cart-transfers")) load("static:cart-transfers.js");
    this.addEventListener("click", (event) => this.press(event));
    this.addEventListener(
      "change",
      /** @param {{ target: any }} event */ ({ target }) => {
        if (target.matches("[data-part=method]")) cart.keep({ method: target.value });
        else if (target.matches("[data-part=country]")) cart.keep({ country: target.value, method: undefined });
        else if (target.matches("[data-part=quantity]")) this.typed(target);
        else if (target.name) cart.keep({ chosen: { ...cart.kept().chosen, [target.name]: target.value } });
      },
    );
    this.find("code-form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.use();
    });
    document.addEventListener("cart-change", () => this.show());
    document.addEventListener("offers-change", () => {
      this.show();
      this.look();
    });
    this.show();
    const dialog = this.closest("dialog");
    this.look();
    if (dialog) new MutationObserver(() => this.look()).observe(dialog, { attributeFilter: ["open"] });
    else if (/^#(changed|later)$/.test(location.hash)) load("static:cart-return.js");
  }

  // A stored cart may be outdated, so it is updated from its product pages.
  look() {
    if (this.seen) Promise.all([this.renew(), this.suggest()]);
  }

  // Whether the cart is visible; a drawer is usually closed.
  get seen() {
    return this.closest("dialog")?.open ?? true;
  }

  find(name, box = this) {
    return box.querySelector(`[data-part=${name}]`);
  }

  copyOf(template) {
    return this.find(template).content.firstElementChild.cloneNode(true);
  }

  // Set the text of parts, and hide parts. Some parts exist only in some shops.
  write(texts, box = this) {
    for (const [name, text] of Object.entries(texts)) this.find(name, box).textContent = text;
  }

  hide(parts) {
    for (const [name, hidden] of Object.entries(parts)) this.find(name)?.toggleAttribute("hidden", hidden);
  }

  // Why no delivery method can take the cart: some products are not sent to the country, or not with the others.
  why(lines, country) {
    const stay = lines.filter((line) => sumsOf([line]).apart).map(({ name }) => name);
    this.together ??= this.find("apart").textContent;
    return stay.length ? word("not_sent", { name: stay.join(", "), country: countryName(country) }) : this.together;
  }

  async show() {
    const { code, typed } = await codeOf();
    const lines = inMinor(cart.read());
    const found = sumsOf(lines, typed);
    const tell = (sum) => money(sum, rules.currency);
    const count = countOf(lines);
    this.hide({
      empty: count > 0,
      coded: !count,
      next: !count,
      foot: !count || found.apart,
      apart: !found.apart,
      free: !count || !found.limit,
      "delivery-row": !found.method,
      unkept: !count || !cart.unkept(),
    });
    this.write({
      count: count ? word("pieces", { count }) : "",
      missing: word(found.missing ? "missing" : "reached", { price: tell(found.missing) }),
    });
    this.choices(found);
    window.storegen.cartAreas?.(this, found);
    this.suggest();
    this.find("bar").value = found.limit ? Math.min(100, (100 * found.total) / found.limit) : 0;
    if (found.apart) this.write({ apart: this.why(lines, found.to) });
    this.lines(lines);
    this.gifts(count ? found.gifts : []);
    window.storegen.cartCodes?.(this, code, typed, found, rules);
    if (!count || found.apart) {
      this.publish("", `mailto:${rules.email}`);
      return;
    }
    const cuts = found.reductions.map(({ offer, amount }) => {
      const row = this.copyOf("cut");
      row.firstElementChild.textContent = offer.name;
      row.lastElementChild.textContent = `−${tell(amount)}`;
      return row;
    });
    this.querySelectorAll(".cart__sum--cut").forEach((row) => row.remove());
    this.find("delivery-row").before(...cuts);
    const arrives = arrivalOf(lines, found);
    this.write({
      subtotal: tell(found.pieces),
      "method-name": found.method ? `, ${found.method.name}` : "",
      delivery: found.delivery ? tell(found.delivery) : word("delivery_free"),
      total: tell(found.sum),
      tax: taxText(found.sum, found.lines),
      arrives,
    });
    this.hide({ arrives: !arrives });
    const { subject, text } = textOf(cart.read(), found);
    this.publish(text, `mailto:${rules.email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`);
    if (this.find("order")) this.write({ "order-text": word("order_mail", { price: tell(found.sum) }) });
  }

  // The order's text, empty if the cart holds nothing that can be sent. The link is for the case that the order sheet
  // can't be loaded.
  publish(order, mail) {
    window.storegen.orderText = order;
    const link = this.find("order");
    if (link) link.href = mail;
    document.dispatchEvent(new Event("order-change"));
  }

  // Suggest an add-on for the cart's products, with the present data of its page.
  async suggest() {
    const box = this.find("with");
    if (!box || !this.seen) return;
    const lines = cart.read();
    const now = Date.now();
    const totalOf = (all) => reduce(inMinor(all), rules, { now }).total;
    const fits = (each) =>
      each.kind === "add_on" && runs(each, now) && lines.some(about(each)) && !lines.some(oneOf(each.reduced));
    const offer = rules.offers.find(fits);
    const turn = (this.turn = {});
    let variants = [];
    for (const page of offer?.pages ?? [])
      if (!variants.length) variants = (await remembered(page)).filter(({ buy }) => buy?.kind === "cart");
    // The cart may have changed during the requests.
    if (turn !== this.turn) return;
    const buy = variants.length ? current(variants[0].buy) : undefined;
    this.offered = buy;
    const less = buy && totalOf([...lines, { ...buy, count: 1 }]) - totalOf(lines);
    box.hidden = !buy || less >= minor(buy.price);
    if (box.hidden) return;
    const tell = (sum) => money(sum, buy.price.currency);
    this.write({
      "with-title": offer.name,
      "with-name": buy.name,
      "with-now": tell(less),
      "with-before": tell(minor(buy.price)),
    });
    this.find("with-name").href = buy.page;
    // If there is a choice, the buyer makes it on the product's page.
    this.hide({ "with-add": variants.length > 1 });
    this.find("with-picture").replaceChildren(pictured(buy));
  }

  take() {
    cart.put(this.offered);
    this.querySelector("#cart-title").focus();
  }

  // Show the countries of delivery, and the delivery methods to the chosen country that fit all lines.
  /** @param {import("../../scripts/types").Sums} sums */
  choices({ countries, to, possible, method }) {
    const names = countries.map((code) => [countryName(code), code]).sort(([one], [other]) => one.localeCompare(other));
    this.choice("country", names, to);
    this.choice(
      "method",
      possible.map(({ id, name }) => [name, id]),
      method?.id,
    );
  }

  // Hide a choice with a single option.
  choice(part, names, chosen) {
    this.hide({ [`${part}-field`]: names.length < 2 });
    this.find(part).replaceChildren(...names.map(([name, id]) => new Option(name, id, false, id === chosen)));
  }

  use() {
    cart.keep({ code: this.find("code-field").value.trim() });
  }

  // Keep the rows if the offered gifts are the same, so that the focus isn't lost.
  gifts(gifts) {
    const same = JSON.stringify(gifts.map(({ offer }) => [offer.id, offer.free]));
    if (same === this.given) return;
    this.given = same;
    const rows = gifts.map(({ offer, line }) => {
      const row = this.copyOf("gift");
      const name = (each) => [each.name, each.choice].filter(Boolean).join(", ");
      const place = this.find("gift-name", row);
      if (offer.free.length > 1) {
        const box = document.createElement("select");
        box.name = offer.id;
        box.setAttribute("aria-label", word("free_choose", { name: offer.name }));
        for (const each of offer.free) box.add(new Option(name(each), each.sku, false, each.sku === line.sku));
        place.append(box);
      } else place.textContent = name(line);
      return row;
    });
    this.find("gifts").replaceChildren(...rows);
  }

  // Prices and stock may have changed.
  async renew() {
    await loadNews();
    const told = [await moved, await window.storegen.cartNews?.(variantsOf)].filter(Boolean).join(" ");
    moved = undefined;
    if (told) this.write({ news: told });
  }

  // Update lines in place, so that the pressed button keeps the focus.
  lines(lines) {
    const list = this.find("lines");
    const there = new Map([...list.children].map((row) => [row.dataset.sku, row]));
    for (const [key, row] of there) if (!lines.some((line) => cart.keyOf(line) === key)) row.remove();
    for (const line of lines) {
      const row = there.get(cart.keyOf(line)) ?? this.row(line, list);
      const sum = money(line.price * line.count, rules.currency);
      const choice = line.shown ?? line.choice ?? "";
      this.write({ name: line.name, choice, sum, when: laterOf(line) }, row);
      this.find("quantity", row).value = line.count;
      window.storegen.cartServices?.show(line, this.find("services", row), rules);
    }
  }

  row(line, list) {
    const row = this.copyOf("line");
    const page = line.page ?? "#";
    const choice = line.choice ? `${page}?variant=${encodeURIComponent(line.sku)}` : page;
    row.dataset.sku = cart.keyOf(line);
    row.querySelectorAll("a").forEach((link) => (link.href = choice));
    for (const part of ["tools", "quantity"])
      this.find(part, row).setAttribute("aria-label", word("quantity", { name: line.name }));
    this.find("picture", row).append(pictured(line));
    list.append(row);
    return row;
  }

  press(event) {
    const { target } = event;
    const { part, step } = target.closest("a, button")?.dataset ?? {};
    const sku = target.closest("[data-sku]")?.dataset.sku;
    if (part === "order") window.storegen.order(event, undefined);
    else if (step) this.change(sku, Number(step));
    else if (part === "remove") this.remove(sku);
    else if (part === "code-use") this.use();
    else if (part === "with-add") this.take();
  }

  // The line with a key: its article number, with its services if it has any.
  lineOf(key) {
    return cart.read().find((line) => cart.keyOf(line) === key);
  }

  setCount(key, count) {
    const lines = cart.read().map((line) => (cart.keyOf(line) === key ? { ...line, count } : line));
    cart.write(lines.filter((line) => line.count));
  }

  change(key, by) {
    const line = this.lineOf(key);
    if (line && line.count + by > 0) this.set(line, line.count + by);
    else this.remove(key);
  }

  // Set a line's number of pieces, at most what is in stock.
  set(line, count) {
    const most = cart.mostOf(line);
    if (count > most) cart.full(line);
    this.setCount(cart.keyOf(line), Math.min(count, most));
  }

  // A typed number; what is no number changes nothing.
  typed(field) {
    const { sku } = field.closest("[data-sku]").dataset;
    const line = this.lineOf(sku);
    if (!line) return;
    const count = /^\s*\d+\s*$/.test(field.value) ? Number(field.value) : line.count;
    if (count) this.set(line, count);
    else this.remove(sku);
    this.show();
  }

  remove(key) {
    const before = cart.read();
    const gone = this.lineOf(key);
    this.setCount(key, 0);
    this.querySelector("#cart-title").focus();
    if (gone) say(word("removed", { name: gone.name }), { act: word("undo"), run: () => cart.write(before) });
  }
}

customElements.define("shop-cart", ShopCart);
