const { shop, word, fill, minor, decimal, money, plan, span, cart, open } = window.storegen;
const LONGEST = 1900;

class CartCount extends HTMLElement {
  connectedCallback() {
    document.addEventListener("cart-change", () => this.show());
    this.show();
  }

  show() {
    this.textContent = cart.read().reduce((sum, line) => sum + line.count, 0) || "";
  }
}

customElements.define("cart-count", CartCount);

// Halves up, in whole numbers: tax held in, or laid on, a sum.
function taxIn(sum, rate) {
  const [whole, part = ""] = rate.split(".");
  const scale = 10 ** part.length;
  const top = sum * Number(whole + part);
  const bottom = 100 * scale + Number(whole + part);
  return Math.floor((2 * top + bottom) / (2 * bottom));
}

function sums(lines, rules) {
  const pieces = lines.reduce((sum, line) => sum + minor(line.price) * line.count, 0);
  const limit = rules.free_from ? minor(rules.free_from) : 0;
  const price = rules.delivery ? minor(rules.delivery) : 0;
  const delivery = limit && pieces >= limit ? 0 : price;
  return {
    pieces,
    delivery,
    total: pieces + delivery,
    missing: price && limit > pieces ? limit - pieces : 0,
    limit: price ? limit : 0,
  };
}

// The line format is also read by the program that checks orders: keep the two alike.
function orderText(lines, rules) {
  const { currency } = rules;
  const found = sums(lines, rules);
  const plain = (sum) => `${decimal(sum, currency)} ${currency}`;
  const rows = lines.map((line) => {
    const name = line.choice ? `${line.name}, ${line.choice}` : line.name;
    const price = minor(line.price);
    return `${line.count} × ${name} [${line.sku}] à ${plain(price)} = ${plain(price * line.count)}${line.code ? `  #${line.code}` : ""}`;
  });
  rows.push("", `${shop.order.pieces}: ${plain(found.pieces)}`);
  if (rules.delivery)
    rows.push(
      `${shop.order.delivery}${rules.delivery_name ? `, ${rules.delivery_name}` : ""}: ${plain(found.delivery)}`,
    );
  rows.push(`${shop.order.total}: ${plain(found.total)}`, "", shop.order.address, "", "");
  if (rules.payment) rows.push(rules.payment, "");
  return rows.join("\r\n");
}

window.storegen.orderText = orderText;

class ShopCart extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.press(event));
    document.addEventListener("cart-change", () => this.show());
    this.show();
  }

  part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  show() {
    const rules = shop.cart;
    const lines = cart.read();
    const found = sums(lines, rules);
    const tell = (sum) => money(sum, rules.currency);
    const count = lines.reduce((sum, line) => sum + line.count, 0);
    this.part("count").textContent = count ? word("pieces", { count }) : "";
    this.part("empty").hidden = count > 0;
    this.part("foot").hidden = !count;
    this.part("next")?.toggleAttribute("hidden", !count);
    this.part("free").hidden = !count || !found.limit;
    this.part("missing").textContent = found.missing
      ? word("missing", { price: tell(found.missing) })
      : word("reached");
    this.part("bar").value = found.limit ? Math.min(100, (100 * found.pieces) / found.limit) : 0;
    this.lines(lines);
    if (!count) return;
    this.part("subtotal").textContent = tell(found.pieces);
    this.part("delivery-row").hidden = !rules.delivery;
    this.part("delivery").textContent = found.delivery ? tell(found.delivery) : word("delivery_free");
    this.part("total").textContent = tell(found.total);
    if (rules.tax_rate) {
      const tax = { price: tell(taxIn(found.total, rules.tax_rate)), name: rules.tax_name };
      this.part("tax").textContent = word(rules.tax_included === false ? "tax_out" : "tax_in", tax);
    }
    if (shop.sending?.days) {
      const { first, last } = plan(shop.sending);
      this.part("arrives").textContent = word("arrives", { days: span(first, last) });
      this.part("arrives").hidden = false;
    }
    if (!this.part("order")) return;
    const subject =
      count === 1
        ? fill(shop.order.subject, { name: lines[0].name })
        : fill(shop.order.subject_many, { shop: shop.name });
    this.order = orderText(lines, rules);
    const mail = `mailto:${rules.email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(this.order)}`;
    this.part("order").href = mail;
    this.part("order-text").textContent = word("order_mail", { price: tell(found.total) });
    // Mail programs cut long addresses: a long order is copied instead.
    const long = mail.length > LONGEST;
    this.part("order-row").hidden = long;
    this.part("how").hidden = long;
    for (const name of ["button", "button--main", "button--wide"]) this.part("copy").classList.toggle(name, long);
    this.part("copied").textContent = "";
  }

  // Lines are changed in place, so that the focus stays on the pressed button.
  lines(lines) {
    const list = this.part("lines");
    const there = new Map([...list.children].map((row) => [row.dataset.sku, row]));
    for (const [sku, row] of there) if (!lines.some((line) => line.sku === sku)) row.remove();
    for (const line of lines) {
      const row = there.get(line.sku) ?? this.row(line, list);
      row.querySelector("[data-part=quantity]").textContent = line.count;
      row.querySelector("[data-part=sum]").textContent = money(minor(line.price) * line.count, line.price.currency);
    }
  }

  row(line, list) {
    const row = this.part("line").content.firstElementChild.cloneNode(true);
    const page = line.page ? new URL(line.page, location.href).pathname : "#";
    const choice = line.choice ? `${page}?variant=${encodeURIComponent(line.sku)}` : page;
    row.dataset.sku = line.sku;
    row.querySelectorAll("a").forEach((link) => (link.href = choice));
    row.querySelector("[data-part=name]").textContent = line.name;
    row.querySelector("[data-part=choice]").textContent = line.shown ?? line.choice ?? "";
    row.querySelector("[data-part=stepper]").setAttribute("aria-label", word("quantity", { name: line.name }));
    if (line.picture) {
      const picture = Object.assign(new Image(92, 92), { src: line.picture, alt: "" });
      row.querySelector("[data-part=picture]").append(picture);
    }
    list.append(row);
    return row;
  }

  press(event) {
    const sku = event.target.closest("[data-sku]")?.dataset.sku;
    const stepper = event.target.closest("[data-step]");
    if (stepper) this.change(sku, Number(stepper.dataset.step));
    else if (event.target.closest("[data-part=remove]")) this.remove(sku);
    else if (event.target.closest("[data-part=copy]")) this.copy();
  }

  change(sku, by) {
    const line = cart.read().find((each) => each.sku === sku);
    if (line && line.count + by > 0) cart.setCount(sku, Math.min(999, line.count + by));
    else this.remove(sku);
  }

  remove(sku) {
    const before = cart.read();
    const gone = before.find((line) => line.sku === sku);
    cart.setCount(sku, 0);
    this.querySelector("#cart-title").focus();
    if (gone)
      document
        .querySelector("short-toast")
        ?.say(word("removed", { name: gone.name }), { act: word("undo"), run: () => cart.write(before) });
  }

  async copy() {
    const email = shop.cart.email;
    const done = this.part("copied");
    try {
      await navigator.clipboard.writeText(this.order);
      done.textContent = word("copied", { email });
    } catch {
      done.textContent = word("failed", { email });
    }
  }
}

customElements.define("shop-cart", ShopCart);

class AddToCart extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", () => {
      const line = JSON.parse(this.dataset.line);
      cart.put(line);
      const toast = document.querySelector("short-toast");
      toast?.say(word("added_one", { name: line.name }), {
        act: word("see"),
        run: () => open(document.getElementById("cart")),
      });
    });
  }
}

customElements.define("add-to-cart", AddToCart);
