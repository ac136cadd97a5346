// The order sheet: shows what is ordered, takes the buyer's details, and sends or pays the order.
import { faultOf, sendText, showFault } from "../field/send.mjs";
import { tile } from "../picture/tile.mjs";
import { addressLines, fieldRows, requiredFields } from "./address.mjs";

const { shop, word, minor, money, cart, load, open, storage, tell } = window.storegen;
const KEY = "storegen.buyer";
const ORDER = "storegen.order";
const SEEN = 600; // milliseconds in which nobody has read a new total yet
const FIELDS = ["name", "email", "street", "postcode", "city", "region", "land", "recipient", "date"];

/** @param {{ picture?: string, name: string }} line */
function pictured({ picture, name }) {
  if (!picture) return tile(name);
  const image = Object.assign(new Image(56, 56), { src: picture, alt: "" });
  image.dataset.name = name;
  return image;
}

class OrderSheet extends HTMLElement {
  lines = [];
  /** @type {{ sum: number, until: number } | undefined} the total before the postcode, and for how long it counts */
  earlier;

  connectedCallback() {
    if (this.data) return;
    this.data = JSON.parse(this.find("data").textContent);
    for (const [key, text] of Object.entries(this.data.words)) shop.words[`sheet_${key}`] = text;
    this.heading = this.dialog.querySelector("#order-title");
    this.named = this.heading.textContent;
    this.form = this.find("form");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.press();
    });
    this.form.addEventListener("input", ({ target }) => this.typed(target));
    this.form.addEventListener("change", ({ target }) => this.changed(target));
    this.addEventListener("click", (event) => this.click(event));
    document.addEventListener("cart-change", () => this.dialog.open && this.show());
    this.restore();
  }

  get dialog() {
    return this.closest("dialog");
  }

  find(name, box = this) {
    return box.querySelector(`[data-part="${name}"]`);
  }

  field(name) {
    return this.form.elements[name];
  }

  write(name, text) {
    this.find(name).textContent = text;
  }

  hide(parts) {
    for (const [name, hidden] of Object.entries(parts)) this.find(name)?.toggleAttribute("hidden", Boolean(hidden));
  }

  // The lines that a way can't take. A payment service doesn't sell some articles.
  without({ provider }) {
    return this.lines.filter(({ not_by = [] }) => not_by.includes(provider));
  }

  get ways() {
    return this.data.sheet.ways.filter((way) => !this.without(way).length);
  }

  get way() {
    const id = this.form.elements.way.value;
    return this.ways.find((way) => way.id === id) ?? this.ways[0] ?? this.data.sheet.ways[0];
  }

  // The buyer's details stay in this tab until it is closed.
  restore() {
    const kept = storage.read(KEY, "sessionStorage") ?? {};
    this.field("postcode").value = cart.kept().postcode ?? "";
    for (const name of FIELDS) if (typeof kept[name] === "string" && kept[name]) this.field(name).value = kept[name];
    if (this.data.sheet.ways.some(({ id }) => id === kept.way)) this.field("way").value = kept.way;
  }

  keep() {
    const values = Object.fromEntries(FIELDS.map((name) => [name, this.field(name).value]));
    storage.write(KEY, { ...values, way: this.way.id }, "sessionStorage");
  }

  // Show the sheet with *lines*, or with the cart's.
  async start(lines, news = "") {
    this.single = lines;
    this.state("form");
    this.write("news", news);
    this.hide({ back: lines, sent: true });
    await this.show();
    open(this.dialog);
    tell("begin_checkout", this.lines);
  }

  state(name) {
    this.dataset.state = name;
    this.form.hidden = name !== "form";
    this.hide({ sent: name !== "sent", thanks: name !== "thanks" });
    const titles = { form: () => this.named, thanks: () => word("sheet_lead"), sent: () => this.sentWords().title };
    this.heading.textContent = titles[name]();
    this.dialog.scrollTop = 0;
  }

  async show() {
    this.lines = this.single ?? cart.read();
    this.choose();
    this.order = await window.storegen.orderOf(this.lines);
    const { found } = this.order;
    const tell = (sum) => money(sum, shop.cart.currency);
    this.rows();
    this.delivery(found, tell);
    this.details(found);
    this.sums(found, tell);
    const none = found.apart || !this.lines.length || !this.ways.length;
    this.write("apart", none && this.ways.length ? word("sheet_apart") : "");
    this.find("order").toggleAttribute("hidden", none);
    // A page that is shown again as it was left, after a payment page, waits no more.
    this.find("order").removeAttribute("aria-busy");
    this.label(tell(found.sum));
  }

  // Offer the ways that can take every line, and say which lines the others can't take.
  choose() {
    const notes = {};
    for (const way of this.data.sheet.ways) {
      const label = this.querySelector(`[name=way][value="${way.id}"]`).closest("label");
      const names = this.without(way).map(({ name }) => name);
      label.hidden = names.length > 0;
      if (label.hidden)
        notes[way.provider] ??= word("sheet_not_by", { way: label.textContent.trim(), names: names.join(", ") });
    }
    this.write("not", Object.values(notes).join(" "));
    this.field("way").value = this.way.id;
  }

  // The button bears the law's words alone where the law asks for them. Payment is ordered on the payment page.
  label(price) {
    const { order_words = "", order_countries = [], home } = this.data.sheet;
    const { kind, own } = this.way;
    const law = [home, this.order.found.to].some((code) => order_countries.includes(code));
    const text = kind === "pay" ? word("sheet_pay", { price }) : own || (law && order_words) || word("sheet_order");
    this.write("order-text", text);
  }

  rows() {
    const { found } = this.order;
    const gifts = found.gifts.map(({ line }) => ({ ...line, count: 1, price: 0 }));
    const rows = [...found.lines, ...gifts].map((line) => {
      const row = this.find("line").content.firstElementChild.cloneNode(true);
      if (line.product) this.find("picture", row).append(pictured(line));
      else row.classList.add("sheet__line--service");
      this.find("name", row).textContent = line.count > 1 ? `${line.count} × ${line.name}` : line.name;
      this.find("choice", row).textContent = line.shown ?? line.choice ?? "";
      this.find("price", row).textContent = line.price
        ? money(line.price * line.count, shop.cart.currency)
        : word("delivery_free");
      return row;
    });
    this.find("lines").replaceChildren(...rows);
  }

  /** @param {import("../../scripts/types").Sums} found */
  delivery({ countries, to, possible, method, apart, heavy, surcharge, postcode }, tell) {
    const { countryName } = window.storegen;
    const sent = Boolean(method || apart);
    const options = countries.map((code) => [countryName(code), code]).sort(([one], [two]) => one.localeCompare(two));
    this.choice("country", options, to);
    this.choice(
      "method",
      possible.map(({ id, name }, place) => [
        `${name} · ${this.order.costs[place] ? tell(this.order.costs[place]) : word("delivery_free")}`,
        id,
      ]),
      method?.id,
    );
    const alone = sent && !countries.length && to;
    this.write("to", alone ? [countryName(to), possible.length < 2 && method?.name].filter(Boolean).join(" · ") : "");
    const notes = heavy.map(({ name, limit }) => word("heavy", { name, weight: limit }));
    if (surcharge) notes.push(word("surcharge", { name: surcharge.name || postcode, price: tell(surcharge.price) }));
    else if (postcode === "") notes.push(word("areas"));
    this.write("areas", notes.join(" "));
    this.hide({
      "delivery-group": !sent || (possible.length < 2 && countries.length < 2 && !alone),
      "country-box": countries.length < 2,
      "method-box": possible.length < 2,
    });
  }

  choice(part, options, chosen) {
    this.find(part).replaceChildren(
      ...options.map(([text, value]) => new Option(text, value, false, value === chosen)),
    );
  }

  // The fields that this order needs: an address only for a parcel, no e-mail in a messenger, nothing for a payment
  // page, which asks itself.
  details(found) {
    const { kind, title, asks } = this.way;
    const away = kind === "pay" && !asks;
    const { addresses, home, order_countries = [] } = this.data.sheet;
    const parcel = this.lines.some(({ carried }) => carried !== false);
    const voucher = this.lines.some((line) => line.voucher);
    const download = this.lines.some((line) => line.carried === false && !line.voucher);
    this.address = parcel ? (addresses[found.to ?? ""] ?? addresses[""] ?? Object.values(addresses)[0]) : undefined;
    const rows = this.address ? fieldRows(this.address) : [];
    const written = rows.flat();
    const abroad = parcel && !found.to;
    const messenger = ["message", "copy"].includes(kind);
    // The price of delivery may depend on the postcode, also where the payment page asks for the address.
    const area = away && found.postcode !== undefined;
    this.needed = area ? ["postcode"] : away ? [] : ["name", ...(messenger ? [] : ["email"])];
    if (!away && this.address) this.needed.push(...requiredFields(this.address), ...(abroad ? ["land"] : []));
    const shown = { name: !area, email: !messenger && !area, land: abroad && !area };
    for (const name of ["street", "postcode", "city", "region"])
      shown[name] = written.includes(name) && (!area || name === "postcode");
    for (const [name, there] of Object.entries(shown)) this.field(name).closest(".field").hidden = !there;
    this.arrange(rows);
    this.hide({ fields: away && !area, voucher: !voucher });
    const lawful = [home, found.to].some((code) => order_countries.includes(code));
    this.ticks = download && lawful && kind !== "pay";
    this.hide({ ticks: !this.ticks, next: kind === "pay" });
    this.write("way-note", asks ? "" : word(`sheet_note_${kind}`, { name: title, email: shop.cart.email }));
  }

  // Put the fields of the address into the order of its country, a row for each line.
  arrange(rows) {
    const box = this.find("address");
    const order = JSON.stringify(rows);
    if (order === box.dataset.order) return;
    box.dataset.order = order;
    const focused = document.activeElement;
    const lines = rows.map((names) => {
      const row = Object.assign(document.createElement("div"), { className: "sheet__row" });
      row.append(...names.map((name) => this.field(name).closest(".field")));
      return row;
    });
    const land = this.field("land").closest(".field");
    const unused = [...box.querySelectorAll(".field")].filter((each) => each !== land);
    box.replaceChildren(...lines, ...unused, land);
    if (focused instanceof HTMLElement && box.contains(focused)) focused.focus();
  }

  sums(found, tell) {
    const rows = [
      [word("sheet_products"), tell(found.pieces)],
      ...found.reductions.map(({ offer, amount }) => [offer.name, `−${tell(amount)}`, "cart__sum--cut"]),
    ];
    if (found.method)
      rows.push([
        `${word("sheet_delivery")}, ${found.method.name}`,
        found.delivery ? tell(found.delivery) : word("delivery_free"),
      ]);
    const made = rows.map(([name, sum, kind]) => {
      const row = this.find("sum").content.firstElementChild.cloneNode(true);
      row.firstElementChild.textContent = name;
      row.lastElementChild.textContent = sum;
      if (kind) row.classList.add(kind);
      return row;
    });
    this.find("sums").replaceChildren(...made);
    this.write("total", tell(found.sum));
    this.write("tax", this.order.tax);
    this.write("arrives", this.order.arrives);
  }

  typed(target) {
    if (!target.name) return;
    this.fault(target.name, "");
    this.keep();
  }

  changed(target) {
    if (target === this.find("country")) cart.keep({ country: target.value, method: undefined });
    else if (target === this.find("method")) cart.keep({ method: target.value });
    else if (target.name === "way") {
      this.keep();
      this.show();
    } else if (target.name === "postcode") {
      this.earlier = { sum: this.order.found.sum, until: performance.now() + SEEN };
      cart.keep({ postcode: target.value.trim() });
    } else if (target.type === "checkbox") this.fault(target.name, "");
  }

  fault(name, text) {
    showFault(this.querySelector(`[data-field="${name}"]`), text);
  }

  // Show what is missing, and return whether nothing is.
  complete() {
    const wrong = [];
    for (const name of FIELDS) {
      const needed = this.needed.includes(name);
      const fault = needed && faultOf(this.field(name).value, { needed, mail: name === "email" });
      this.fault(name, fault ? word(`sheet_${fault}`) : "");
      if (fault) wrong.push(name);
    }
    for (const name of this.ticks ? ["at_once", "no_withdrawal"] : []) {
      const missing = !this.field(name).checked;
      this.fault(name, missing ? word("sheet_tick") : "");
      if (missing) wrong.push(name);
    }
    // The first one on the page, as a country may put the postcode before the street.
    const [first] = [...this.form.elements].filter((each) => wrong.includes(each.name));
    first?.focus();
    return !wrong.length;
  }

  // The rows of the buyer's details in the order's text.
  get contact() {
    const value = (name) => this.field(name).value.trim();
    const { countryName } = window.storegen;
    const rows = [value("name")];
    if (this.address) {
      rows.push(...addressLines(this.address, Object.fromEntries(FIELDS.map((name) => [name, value(name)]))));
      rows.push(this.order.found.to ? countryName(this.order.found.to) : value("land"));
    }
    if (this.needed.includes("email")) rows.push(value("email"));
    if (!this.find("voucher").hidden) {
      for (const name of ["recipient", "date"])
        if (value(name)) rows.push(`${this.field(name).labels[0].firstChild.textContent.trim()}: ${value(name)}`);
    }
    if (this.ticks)
      rows.push(...["at_once", "no_withdrawal"].map((name) => `✓ ${this.field(name).closest("label").textContent}`));
    return rows.filter(Boolean);
  }

  async press() {
    if (!this.complete()) return;
    this.keep();
    // With a postcode that was typed a moment ago, or a sale that just ended, the buyer sees the new total first.
    const before = this.earlier?.until > performance.now() ? this.earlier.sum : this.order.found.sum;
    this.earlier = undefined;
    await this.show();
    if (this.order.found.sum !== before) return;
    const { lines, single, way } = this;
    const { kind } = way;
    storage.write(ORDER, { lines, single: Boolean(single), [kind]: true, at: Date.now() });
    if (kind === "pay") this.pay(way);
    else if (kind === "form") this.post(way);
    else await this.send(way);
  }

  // Post fields to another page. Fields without a value are left out.
  leave(action, fields) {
    const form = Object.assign(document.createElement("form"), { method: "post", action, hidden: true });
    for (const [name, value] of fields) {
      if (!value) continue;
      const input = Object.assign(document.createElement("textarea"), { name, value });
      form.append(input);
    }
    this.find("order").setAttribute("aria-busy", "true");
    document.body.append(form);
    // A field may be named like the method.
    HTMLFormElement.prototype.submit.call(form);
  }

  // Post the order to the payment function, which works the total out again.
  pay({ link, asks }) {
    const { found } = this.order;
    const { code, postcode } = cart.kept();
    const buyer = asks ? ["name", "email", "street", "postcode", "city"] : [];
    this.write("order-text", word("sheet_wait"));
    this.leave(link, [
      ...this.lines.map(({ sku, count }) => ["line", `${sku}:${count}`]),
      ...this.lines.flatMap(({ services = [] }, place) =>
        services.flatMap(({ id, text }) => [
          ["service", `${place}:${id}:${minor(shop.cart.services[id].price)}`],
          [`text:${place}:${id}`, text],
        ]),
      ),
      ...found.gifts.map(({ offer, line }) => ["gift", `${offer.id}:${line.sku}`]),
      ["code", code],
      ["country", found.to],
      ["postcode", asks ? "" : postcode],
      ["method", found.method?.id],
      ["lang", shop.language],
      ["market", shop.cart.market],
      ["total", `${found.sum}`],
      ...buyer.map((name) => [name, this.field(name).value.trim()]),
      ["build", shop.build],
      [
        "from",
        location.pathname + (this.single?.[0].choice ? `?variant=${encodeURIComponent(this.single[0].sku)}` : ""),
      ],
    ]);
  }

  // Post the order's text to a form service, under the service's names.
  post({ link, hidden = {}, names }) {
    const { subject, text } = window.storegen.textOf(this.lines, this.order.found, this.contact);
    this.leave(link, [
      ...Object.entries({ ...hidden, [names.subject]: subject }).filter(([name]) => name),
      [names.name, this.field("name").value.trim()],
      [names.email, this.field("email").value.trim()],
      [names.message, text],
    ]);
  }

  // Open the way with the order's text, and ask whether it was sent. A text that is too long for a link is copied.
  async send(way) {
    this.sending = way;
    const { subject, text } = window.storegen.textOf(this.lines, this.order.found, this.contact);
    const { plain, long, unread } = await sendText(way, subject, text);
    this.long = long;
    this.unread = unread;
    this.find("text").value = plain;
    this.told();
  }

  sentWords() {
    const { kind, title } = this.sending;
    const values = { name: title, email: shop.cart.email };
    const key = kind === "webmail" || kind === "message" ? "web" : kind;
    return {
      title: word(`sheet_${key}_title`, values),
      text: word(this.long ? "sheet_long" : `sheet_${key}_text`, values),
    };
  }

  told() {
    const { kind } = this.sending;
    this.state("sent");
    this.write("sent-text", this.unread ? word("sheet_uncopied") : this.sentWords().text);
    const mail = ["mail", "webmail", "paste"].includes(kind);
    this.write("sent-to", mail ? shop.cart.email : "");
    this.find("text-box").open = this.unread;
    const others = this.data.sheet.ways.filter((way) => way !== this.sending && !["pay", "form"].includes(way.kind));
    this.hide({ "others-box": !others.length });
    const buttons = others.map((way) => {
      const item = document.createElement("li");
      const text = way.own || way.title || word(`sheet_${way.kind}`);
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
      button.className = "button button--line button--small";
      button.dataset.way = way.id;
      item.append(button);
      return item;
    });
    this.find("others").replaceChildren(...buttons);
    this.heading.focus();
  }

  click({ target }) {
    const { part, way } = target.closest("button")?.dataset ?? {};
    if (way) this.send(this.data.sheet.ways.find(({ id }) => id === way));
    else if (part === "edit") {
      this.state("form");
      this.find("order").focus();
    } else if (part === "back") this.back();
    else if (part === "done") this.done();
    else if (part === "leave") this.dialog.close();
  }

  back() {
    this.dialog.close();
    open(document.getElementById("cart"));
  }

  // The buyer says that the order was sent: only now does the cart lose its lines.
  done() {
    if (!this.single) cart.keep({ lines: cart.read().filter((line) => !cart.find(this.lines, line)), code: undefined });
    const { thanks } = this.data.sheet;
    if (thanks) location.assign(`${thanks}#sent`);
    else this.state("thanks");
  }
}

customElements.define("order-sheet", OrderSheet);

// Read the sheet from the cart's page, unless this is that page.
async function sheetHere() {
  const here = document.getElementById("order");
  if (here) return here;
  const found = (await window.storegen.cartPage()).getElementById("order");
  if (!found) throw new Error("no order sheet");
  document.body.append(document.importNode(found, true));
  return document.getElementById("order");
}

const STYLES = ["static:field.css", "static:order-sheet.css"];
let style;
let dialog;
// Open the sheet with lines, or with those of the cart, and a text on what happened.
window.storegen.openSheet = async (lines, news) => {
  try {
    await Promise.all([(dialog ??= sheetHere()), (style ??= Promise.all(STYLES.map((each) => load(each))))]);
  } catch (error) {
    dialog = style = undefined;
    throw error;
  }
  const drawer = document.getElementById("cart");
  if (drawer?.open) drawer.close();
  await (await dialog).querySelector("order-sheet").start(lines, news);
};
