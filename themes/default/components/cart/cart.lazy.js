// The cart's panel and sums; loaded when somebody looks at it.
const { shop, word, fill, minor, decimalsOf, decimal, money, plan, span, cart, tell, load, current } = window.storegen;
const LONGEST = 1900;
const addUp = (numbers) => numbers.reduce((all, each) => all + each, 0);
const piecesIn = (lines) => addUp(lines.map(({ count }) => count));

// The smallest sum that prices have, in minor units.
function unit(currency) {
  const [digits, shown] = decimalsOf(currency);
  return 10 ** (digits - shown);
}

// What offers take off a cart, as storegen/model/totals.py has it: bundles, add-ons, volume prices, then a code.
// Halves up, in whole coins; in big numbers, because sums in rupiah are large.
const halfUp = (top, bottom) => (2n * top + bottom) / (2n * bottom);

function whole(percent) {
  const [before, after = ""] = String(percent).split(".");
  return [BigInt(before + after), 10n ** BigInt(after.length)];
}

function share(sum, percent, coin) {
  const [top, scale] = whole(percent);
  return Number(halfUp(BigInt(sum) * top, BigInt(coin) * 100n * scale) * BigInt(coin));
}

const runs = ({ starts, ends }, now = Date.now()) =>
  !(starts && Date.parse(starts) > now) && !(ends && Date.parse(ends) <= now);
const about = (offer) => (line) => (line.offers ?? []).includes(offer.id);
const of = (names) => (line) => names.includes(line.product);

function reduce(lines, offers, { code = "", now = Date.now() } = {}) {
  const left = lines.map((line) => line.count);
  const price = lines.map((line) => minor(line.price));
  const coin = lines.length ? unit(lines[0].price.currency) : 1;
  const count = (fits) => addUp(left.filter((_, place) => fits(lines[place])));

  function take(fits, wanted) {
    let cost = 0;
    lines.forEach((line, place) => {
      if (!fits(line)) return;
      const taken = Math.min(wanted, left[place]);
      left[place] -= taken;
      wanted -= taken;
      cost += price[place] * taken;
    });
    return cost;
  }

  const off = (offer, cost, times) =>
    offer.percent ? share(cost, offer.percent, coin) : Math.min(cost, minor(offer.amount) * times);

  const kinds = {
    bundle(offer) {
      const sets = Math.min(...offer.products.map((name) => count(of([name]))));
      const cost = addUp(offer.products.map((name) => take(of([name]), sets)));
      return offer.price ? Math.max(0, cost - minor(offer.price) * sets) : off(offer, cost, sets);
    },
    add_on(offer) {
      const bought = piecesIn(lines.filter((line) => about(offer)(line) && !of(offer.reduced)(line)));
      const times = Math.min(bought, count(of(offer.reduced)));
      return off(offer, take(of(offer.reduced), times), times);
    },
    volume(offer) {
      const names = new Set(lines.filter(about(offer)).map((line) => line.product));
      return addUp(
        [...names].map((name) => {
          const pieces = count(of([name]));
          const tier = offer.tiers.findLast((each) => each.count <= pieces);
          return tier ? share(take(of([name]), pieces), tier.percent, coin) : 0;
        }),
      );
    },
  };

  const running = offers.filter((offer) => runs(offer, now));
  const rows = [];
  for (const kind of Object.keys(kinds))
    for (const offer of running) if (offer.kind === kind) rows.push({ offer, amount: kinds[kind](offer) });
  const pieces = addUp(lines.map((line, place) => price[place] * line.count));
  const after = pieces - addUp(rows.map((row) => row.amount));
  const held = running.filter((offer) => {
    if (kinds[offer.kind] || (offer.code && offer.code !== code)) return false;
    return (
      piecesIn(lines.filter(about(offer))) >= Math.max(1, offer.min_count ?? 0) &&
      after >= (offer.min_total ? minor(offer.min_total) : 0)
    );
  });
  for (const offer of held)
    if (offer.percent || offer.amount) {
      const cost = addUp(lines.map((line, place) => (about(offer)(line) ? price[place] * left[place] : 0)));
      rows.push({ offer, amount: off(offer, cost, 1) });
    }
  const reductions = rows.filter((row) => row.amount);
  const coded = held.filter((offer) => offer.code);
  return {
    pieces,
    reductions,
    total: pieces - addUp(reductions.map((row) => row.amount)),
    free: held.filter(({ kind }) => kind === "gift" || kind === "sample"),
    delivered: held.some(({ kind }) => kind === "free_delivery"),
    coded: coded.length > 0,
    // A code may hold and yet take nothing off, because other offers already did.
    worth: coded.some((each) => !(each.percent || each.amount) || reductions.some(({ offer }) => offer === each)),
  };
}

// The tax that a sum holds. Reductions and delivery share the rates of the lines as the lines share their sum; each
// rate is rounded once, halves up.
function taxIn(sum, lines, rate) {
  const parts = new Map();
  for (const line of lines) {
    const its = line.tax ?? rate;
    parts.set(its, (parts.get(its) ?? 0n) + BigInt(minor(line.price) * line.count));
  }
  let all = [...parts.values()].reduce((one, other) => one + other, 0n);
  if (!all) parts.set(rate, (all = 1n));
  let tax = 0n;
  for (const [its, part] of parts) {
    const [percent, scale] = whole(its);
    tax += halfUp(BigInt(sum) * part * percent, all * (percent + 100n * scale));
  }
  return Number(tax);
}

// Codes are compared by a digest, so that no page gives one away; without one, the shop looks at the code itself.
async function mark(code) {
  const bytes = new TextEncoder().encode(code.trim().toLowerCase());
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...found]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, 20);
}

// What it costs to send so much; storegen/model/delivery.py says the same.
function cost({ price, steps = [] }, total, lines) {
  const weight = addUp(lines.map((line) => (line.weight ?? 0) * line.count));
  const count = piecesIn(lines);
  const reached = (step) =>
    step.total ? minor(step.total) <= total : step.count ? step.count <= count : step.weight <= weight;
  return minor((steps.findLast(reached) ?? { price }).price);
}

// Where parcels can go, and where this one goes.
function destinations({ methods = [], country }) {
  const all = [...new Set(methods.flatMap(({ countries = [] }) => countries))];
  const wanted = [cart.kept().country, country].find((each) => all.includes(each));
  return { all, to: wanted ?? all[0] };
}

const countryName = (code) => new Intl.DisplayNames([shop.language], { type: "region" }).of(code);

// Everything that a cart comes to, in minor units.
function sums(lines, rules, code) {
  const found = reduce(lines, rules.offers ?? [], { code });
  const carried = lines.filter((line) => line.carried !== false);
  const { all, to } = destinations(rules);
  const fits = ({ id, countries }) =>
    (!countries || countries.includes(to)) && carried.every((line) => !line.methods || line.methods.includes(id));
  const ways = (rules.methods ?? []).filter(fits);
  const method = carried.length ? (ways.find(({ id }) => id === cart.kept().method) ?? ways[0]) : undefined;
  const limit = method?.free_from ? minor(method.free_from) : 0;
  const price = method && !found.delivered ? cost(method, found.total, carried) : 0;
  const delivery = limit && found.total >= limit ? 0 : price;
  const gifts = found.free.map((offer) => {
    const wanted = cart.kept().chosen?.[offer.id];
    return { offer, line: offer.free?.find(({ sku }) => sku === wanted) ?? offer.free?.[0] };
  });
  return {
    ...found,
    gifts: gifts.filter(({ line }) => line && (carried.length || line.carried === false)),
    method,
    ways: carried.length ? ways : [],
    countries: carried.length > 0 && all.length > 1 ? all : [],
    to,
    apart: carried.length > 0 && (rules.methods ?? []).length > 0 && !ways.length,
    delivery,
    sum: found.total + delivery,
    missing: price && limit > found.total ? limit - found.total : 0,
    limit: price ? limit : 0,
  };
}

Object.assign(window.storegen, { reduce, taxIn, cost, sums, countryName });

// A name can't begin a row of its own, nor turn what follows it round; storegen/checkout/order.py has the same rule.
const oneLine = (row) => row.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ");

// The line format is also read by the program that checks orders: keep the two alike.
function orderText(lines, found, rules, code) {
  const { currency } = rules;
  const plain = (sum) => `${decimal(sum, currency)} ${currency}`;
  const row = (line, count) => {
    const name = line.choice ? `${line.name}, ${line.choice}` : line.name;
    const price = minor(line.price);
    return `${count} × ${name} [${line.sku}] à ${plain(price)} = ${plain(price * count)}${line.code ? `  #${line.code}` : ""}`;
  };
  const rows = lines.map((line) => row(line, line.count));
  for (const { line } of found.gifts) rows.push(row(line, 1));
  rows.push("", `${shop.order.pieces}: ${plain(found.pieces)}`);
  for (const { offer, amount } of found.reductions) rows.push(`${offer.name}: -${plain(amount)}`);
  if (found.method) {
    const where = found.countries.length ? `, ${countryName(found.to)}` : "";
    rows.push(`${shop.order.delivery}, ${found.method.name}${where}: ${plain(found.delivery)}`);
  }
  rows.push(`${shop.order.total}: ${plain(found.sum)}`);
  if (found.worth) rows.push(`${shop.order.code}: ${code}`);
  rows.push("", shop.order.address, "", "");
  if (rules.payment) rows.push(rules.payment, "");
  return rows.map(oneLine).join("\r\n");
}

const pictureOf = ({ picture }) => (picture ? [Object.assign(new Image(92, 92), { src: picture, alt: "" })] : []);

// What a product's page says of its variants; nothing without a connection.
async function variantsOf(page) {
  try {
    const answer = await fetch(page);
    const text = answer.ok ? await answer.text() : "";
    const found = new DOMParser().parseFromString(text, "text/html").querySelector("product-buy [data-part=data]");
    return found ? JSON.parse(found.textContent).variants : [];
  } catch {
    return [];
  }
}

// The same, asked for once; a page that did not answer is asked again.
const asked = {};
async function remembered(page) {
  const found = await (asked[page] ??= variantsOf(page));
  if (!found.length) delete asked[page];
  return found;
}

let news;
const loadNews = () => (news ??= load("static:cart-news.js").catch(() => (news = undefined)));
if (cart.read().length) loadNews();

class ShopCart extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.press(event));
    this.addEventListener("change", ({ target }) => {
      if (target.matches("[data-part=method]")) cart.keep({ method: target.value });
      else if (target.matches("[data-part=country]")) cart.keep({ country: target.value, method: undefined });
      else if (target.name) cart.keep({ chosen: { ...cart.kept().chosen, [target.name]: target.value } });
    });
    this.part("code-form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.use();
    });
    for (const change of ["cart-change", "offers-change"]) document.addEventListener(change, () => this.show());
    this.show();
    // A cart may be older than the shop: the pages of what is in it say what holds now.
    const look = () => this.seen && Promise.all([this.renew(), this.suggest()]);
    const dialog = this.closest("dialog");
    look();
    if (dialog) new MutationObserver(look).observe(dialog, { attributeFilter: ["open"] });
  }

  // Whether somebody looks at it: a drawer is closed most of the time.
  get seen() {
    return this.closest("dialog")?.open ?? true;
  }

  part(name, box = this) {
    return box.querySelector(`[data-part=${name}]`);
  }

  copyOf(template) {
    return this.part(template).content.firstElementChild.cloneNode(true);
  }

  // What stands in some parts, and which of them are hidden; some parts not every shop has.
  write(texts, box = this) {
    for (const [name, text] of Object.entries(texts)) this.part(name, box).textContent = text;
  }

  hide(parts) {
    for (const [name, hidden] of Object.entries(parts)) this.part(name)?.toggleAttribute("hidden", hidden);
  }

  async show() {
    const rules = shop.cart;
    const { code } = cart.kept();
    const typed = code && rules.codes && globalThis.crypto?.subtle ? await mark(code) : "";
    const lines = cart.read();
    const found = sums(lines, rules, typed);
    const tell = (sum) => money(sum, rules.currency);
    const count = piecesIn(lines);
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
      missing: found.missing ? word("missing", { price: tell(found.missing) }) : word("reached"),
    });
    this.ways(found);
    this.suggest();
    this.part("bar").value = found.limit ? Math.min(100, (100 * found.total) / found.limit) : 0;
    this.lines(lines);
    this.gifts(count ? found.gifts : []);
    this.say(code, typed, found);
    if (!count || found.apart) return;
    const cuts = found.reductions.map(({ offer, amount }) => {
      const row = this.copyOf("cut");
      row.firstElementChild.textContent = offer.name;
      row.lastElementChild.textContent = `−${tell(amount)}`;
      return row;
    });
    this.querySelectorAll(".cart__sum--cut").forEach((row) => row.remove());
    this.part("delivery-row").before(...cuts);
    this.write({
      subtotal: tell(found.pieces),
      "method-name": found.method ? `, ${found.method.name}` : "",
      delivery: found.delivery ? tell(found.delivery) : word("delivery_free"),
      total: tell(found.sum),
    });
    if (rules.tax_rate) {
      const price = tell(taxIn(found.sum, lines, rules.tax_rate));
      this.write({ tax: word(rules.tax_included === false ? "tax_out" : "tax_in", { price, name: rules.tax_name }) });
    }
    const days = shop.sending && found.method?.days;
    this.hide({ arrives: !days });
    if (days) {
      const { first, last } = plan({ ...shop.sending, days });
      this.write({ arrives: word("arrives", { days: span(first, last) }) });
    }
    this.offer(lines, found, code);
  }

  // The button that hands the order over.
  offer(lines, found, code) {
    const rules = shop.cart;
    this.order = orderText(lines, found, rules, code);
    window.storegen.orderText = this.order;
    document.dispatchEvent(new Event("order-change"));
    if (!this.part("order")) return;
    const subject =
      lines.length === 1 && lines[0].count === 1
        ? fill(shop.order.subject, { name: lines[0].name })
        : fill(shop.order.subject_many, { shop: shop.name });
    const mail = `mailto:${rules.email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(this.order)}`;
    this.part("order").href = mail;
    // Mail programs cut long addresses: a long order is copied instead.
    const long = mail.length > LONGEST;
    this.hide({ "order-row": long, how: long });
    for (const name of ["button", "button--main", "button--wide"]) this.part("copy").classList.toggle(name, long);
    this.write({ "order-text": word("order_mail", { price: money(found.sum, rules.currency) }), copied: "" });
  }

  // One thing that is cheaper beside what is in the cart, as its own page tells it now.
  async suggest() {
    const box = this.part("with");
    if (!box || !this.seen) return;
    const lines = cart.read();
    const { offers } = shop.cart;
    const fits = (each) =>
      each.kind === "add_on" && runs(each) && lines.some(about(each)) && !lines.some(of(each.reduced));
    const offer = offers.find(fits);
    const turn = (this.turn = {});
    let variants = [];
    for (const page of offer?.pages ?? [])
      if (!variants.length) variants = (await remembered(page)).filter(({ buy }) => buy?.kind === "cart");
    // The cart may have changed meanwhile.
    if (turn !== this.turn) return;
    const buy = variants.length ? current(variants[0].buy) : undefined;
    this.offered = buy;
    const less = buy && reduce([...lines, { ...buy, count: 1 }], offers).total - reduce(lines, offers).total;
    box.hidden = !buy || less >= minor(buy.price);
    if (box.hidden) return;
    const tell = (sum) => money(sum, buy.price.currency);
    this.write({
      "with-title": offer.name,
      "with-name": buy.name,
      "with-now": tell(less),
      "with-before": tell(minor(buy.price)),
    });
    this.part("with-name").href = buy.page;
    // Where there is a choice, its page asks for it.
    this.hide({ "with-add": variants.length > 1 });
    this.part("with-picture").replaceChildren(...pictureOf(buy));
  }

  take() {
    cart.put(this.offered);
    this.querySelector("#cart-title").focus();
  }

  // The countries that parcels go to, and the ways that everything in the cart may take there.
  ways({ countries, to, ways, method }) {
    const names = countries.map((code) => [countryName(code), code]).sort(([one], [other]) => one.localeCompare(other));
    this.choice("country", names, to);
    this.choice(
      "method",
      ways.map(({ id, name }) => [name, id]),
      method?.id,
    );
  }

  // A choice only where there is one.
  choice(part, names, chosen) {
    this.hide({ [`${part}-way`]: names.length < 2 });
    this.part(part).replaceChildren(...names.map(([name, id]) => new Option(name, id, false, id === chosen)));
  }

  use() {
    cart.keep({ code: this.part("code-field").value.trim() });
  }

  // What became of the code; it stays folded away until somebody has one.
  say(code, typed, found) {
    const box = this.part("code");
    if (!box) return;
    if (code && !box.contains(document.activeElement)) this.part("code-field").value = code;
    // A code that counts needs no field any more.
    if (code) box.open = !found.coded || box.contains(document.activeElement);
    const known = (shop.cart.offers ?? []).some((offer) => offer.code === typed && runs(offer));
    const state = found.worth ? "code_good" : found.coded ? "code_nothing" : known ? "code_not_yet" : "code_none";
    this.write({ "code-says": code && typed ? word(state, { code }) : "" });
  }

  // Rows stay as long as they offer the same, so that the focus stays too.
  gifts(gifts) {
    const same = JSON.stringify(gifts.map(({ offer }) => [offer.id, offer.free]));
    if (same === this.given) return;
    this.given = same;
    const rows = gifts.map(({ offer, line }) => {
      const row = this.copyOf("gift");
      const name = (each) => [each.name, each.choice].filter(Boolean).join(", ");
      const place = this.part("gift-name", row);
      if (offer.free.length > 1) {
        const box = document.createElement("select");
        box.name = offer.id;
        box.setAttribute("aria-label", word("free_choose", { name: offer.name }));
        for (const each of offer.free) box.add(new Option(name(each), each.sku, false, each.sku === line.sku));
        place.append(box);
      } else place.textContent = name(line);
      return row;
    });
    this.part("gifts").replaceChildren(...rows);
  }

  // A price, or what is left, may have changed.
  async renew() {
    await loadNews();
    const news = await window.storegen.cartNews?.(variantsOf);
    if (news) this.write({ news });
  }

  // Lines are changed in place, so that the focus stays on the pressed button.
  lines(lines) {
    const list = this.part("lines");
    const there = new Map([...list.children].map((row) => [row.dataset.sku, row]));
    for (const [sku, row] of there) if (!lines.some((line) => line.sku === sku)) row.remove();
    for (const line of lines) {
      const row = there.get(line.sku) ?? this.row(line, list);
      const sum = money(minor(line.price) * line.count, line.price.currency);
      this.write({ quantity: line.count, sum }, row);
    }
  }

  row(line, list) {
    const row = this.copyOf("line");
    const page = line.page ?? "#";
    const choice = line.choice ? `${page}?variant=${encodeURIComponent(line.sku)}` : page;
    row.dataset.sku = line.sku;
    row.querySelectorAll("a").forEach((link) => (link.href = choice));
    this.write({ name: line.name, choice: line.shown ?? line.choice ?? "" }, row);
    this.part("tools", row).setAttribute("aria-label", word("quantity", { name: line.name }));
    this.part("picture", row).append(...pictureOf(line));
    list.append(row);
    return row;
  }

  press({ target }) {
    const { part, step } = target.closest("a, button")?.dataset ?? {};
    const sku = target.closest("[data-sku]")?.dataset.sku;
    if (["order", "copy"].includes(part)) tell("begin_checkout", cart.read());
    if (step) this.change(sku, Number(step));
    else if (part === "remove") this.remove(sku);
    else if (part === "copy") this.copy();
    else if (part === "code-use") this.use();
    else if (part === "with-add") this.take();
  }

  setCount(sku, count) {
    const lines = cart.read().map((line) => (line.sku === sku ? { ...line, count } : line));
    cart.write(lines.filter((line) => line.count));
  }

  change(sku, by) {
    const line = cart.read().find((each) => each.sku === sku);
    if (line && line.count + by > 0) this.setCount(sku, Math.min(999, line.count + by));
    else this.remove(sku);
  }

  remove(sku) {
    const before = cart.read();
    const gone = before.find((line) => line.sku === sku);
    this.setCount(sku, 0);
    this.querySelector("#cart-title").focus();
    if (gone)
      document
        .querySelector("short-toast")
        ?.say(word("removed", { name: gone.name }), { act: word("undo"), run: () => cart.write(before) });
  }

  async copy() {
    const email = shop.cart.email;
    try {
      await navigator.clipboard.writeText(this.order);
      this.write({ copied: word("copied", { email }) });
    } catch {
      this.write({ copied: word("failed", { email }) });
    }
  }
}

customElements.define("shop-cart", ShopCart);
