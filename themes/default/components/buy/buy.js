const { shop, word, minor, money, plan, span, tied, longDay, cart, open, tell, load, current } = window.storegen;

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

// A range of days as text, with its maximum as the count.
const daysOf = ([least, most]) => ({ days: least < most ? `${least}–${most}` : most, count: most });

function clockText(minutes) {
  const hours = Math.floor(minutes / 60);
  return tied(hours ? word("hours", { hours, minutes: minutes % 60 }) : word("minutes", { minutes }));
}

// A variant at its present price: a sale may have ended since the build.
function soldNow(variant) {
  const { price, buy } = variant;
  if (!price.then || Date.parse(price.ends) > Date.now()) return variant;
  return { ...variant, price: { now: price.then }, buy: buy && current(buy), others: variant.later ?? variant.others };
}

class ProductBuy extends HTMLElement {
  loaded;

  connectedCallback() {
    const data = JSON.parse(this.find("data").textContent);
    this.variants = data.variants;
    this.dispatch = data.dispatch;
    this.elsewhere = data.abroad;
    this.choices = [...this.querySelectorAll("[data-option]")];
    this.fromAddress();
    this.addEventListener("change", () => this.update(true));
    this.find("now")?.addEventListener("click", (event) => this.buy(event));
    this.find("bar-now")?.addEventListener("click", (event) => this.buy(event));
    this.find("add")?.addEventListener("click", (event) => this.add(event));
    this.find("others")?.addEventListener("click", (event) => this.other(event));
    this.update(false);
    setInterval(() => this.promise(), 30000);
    document.addEventListener("offers-change", () => this.update(false));
    document.addEventListener("cart-change", () => this.abroad());
    this.abroad();
    this.watch();
  }

  // Few visitors choose another country in the cart, so the script for other countries is loaded on demand.
  abroad() {
    const country = cart?.kept().country;
    if (country && country !== shop.cart?.country && this.elsewhere) this.loaded ??= load(this.elsewhere.script);
  }

  find(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  write(name, text) {
    const part = this.find(name);
    if (part) part.textContent = text;
  }

  fromAddress() {
    const sku = new URLSearchParams(location.search).get("variant");
    const wanted = this.variants.find((variant) => variant.sku === sku);
    wanted?.values.forEach((value, index) => {
      const box = this.choices[index];
      if (box?.matches("select")) box.value = value;
      else for (const input of box?.querySelectorAll("input") ?? []) input.checked = input.value === value;
    });
  }

  picked(box) {
    return box.matches("select") ? box.value : (box.querySelector(":checked")?.value ?? "");
  }

  get chosen() {
    if (this.variants.length === 1) return this.variants[0];
    const values = this.choices.map((box) => this.picked(box));
    return this.variants.find((variant) => variant.values.every((value, index) => value === values[index]));
  }

  // The choice as text: Size 17, Colour black.
  get shown() {
    const words = this.choices.map((box) => {
      const label = box.matches("select")
        ? box.selectedOptions[0].text
        : box.querySelector(":checked ~ .variant__text")?.textContent;
      return label && `${box.dataset.label} ${label}`;
    });
    return words.filter(Boolean).join(", ");
  }

  update(acted) {
    this.variants = this.variants.map(soldNow);
    const variant = this.chosen;
    for (const box of this.choices) {
      const place = box.querySelector("[data-part=chosen]");
      if (place) place.textContent = box.querySelector(":checked ~ .variant__text")?.textContent ?? "";
    }
    const complete = this.choices.every((box) => this.picked(box));
    this.write("error", complete && !variant && this.variants.length > 1 ? word("none") : "");
    if (!variant) {
      this.promise();
      return;
    }
    const out = (variant.stock?.state ?? "out") === "out" || !variant.buy;
    if (this.variants.length > 1) this.price(variant);
    this.find("buttons")?.toggleAttribute("hidden", out);
    const letter = this.find("letter");
    if (letter) {
      letter.hidden = !out || !this.dataset.email;
      letter.firstElementChild.href = this.letter(variant);
    }
    for (const name of ["now", "bar-now"]) {
      const button = this.find(name);
      if (button) button.href = out ? this.letter(variant) : variant.buy.href || "#buy";
    }
    for (const link of this.querySelectorAll("[data-method]"))
      link.href = variant.others?.[link.dataset.method]?.href || "#buy";
    this.find("others")?.toggleAttribute("hidden", out);
    for (const box of this.querySelectorAll("[data-choices]")) box.hidden = box.dataset.choices !== variant.sku;
    this.write("bar-now", out ? word("out") : (this.find("now") ?? this.find("add"))?.textContent.trim());
    this.promise();
    if (this.variants.length > 1) this.follow(variant, acted);
  }

  // Show the choice's picture and put the choice into the address.
  follow({ sku, picture }, acted) {
    const gallery = document.querySelector("product-gallery");
    if (picture >= 0) customElements.whenDefined("product-gallery").then(() => gallery.show(picture));
    if (acted) history.replaceState(history.state, "", `?variant=${encodeURIComponent(sku)}`);
  }

  letter(variant) {
    const name = [this.dataset.name, variant.choice].filter(Boolean).join(", ");
    return `mailto:${this.dataset.email}?subject=${encodeURIComponent(word("letter", { name }))}`;
  }

  tell(price) {
    return money(minor(price), price.currency);
  }

  price({ sku, price: tag }) {
    const line = make("p", "price__line", make("span", "price__now", this.tell(tag.now)));
    if (tag.before) line.append(" ", make("s", "price__before", this.tell(tag.before)));
    if (tag.percent) line.append(" ", make("span", "price__percent", word("percent", { percent: tag.percent })));
    if (tag.unit) line.append(" ", make("span", "price__unit", `${this.tell(tag.unit)} / ${tag.unit_per}`));
    const charged = this.querySelector(`[data-plan="${CSS.escape(sku)}"]`);
    if (charged) line.firstChild.after(" ", charged.content.cloneNode(true));
    const box = make("div", `price price--large${tag.before ? " price--sale" : ""}`, line);
    if (tag.claim) box.append(make("p", "price__note", word("note", { price: this.tell(tag.before) })));
    this.find("price").replaceChildren(box);
    this.write("bar-price", this.tell(tag.now) + (charged ? ` ${charged.dataset.every}` : ""));
  }

  stock({ state, left, days }) {
    if (state === "few") return word("few", { count: left });
    if (state === "order" && days) return word("order_days", daysOf(days));
    if (state === "in" && this.dispatch?.place) return word("in_place", { place: this.dispatch.place });
    return word(state);
  }

  // The build wrote a text without dates; replace it with the present dates and times.
  promise() {
    const stock = this.chosen?.stock ?? { state: this.find("promise").dataset.state };
    const rule = this.dispatch;
    let when = this.stock(stock);
    let where = "";
    let days = "";
    if (stock.state === "out") {
      when = this.shown ? word("choice_out", { choice: this.shown }) : word("out");
    } else if (rule?.days && stock.state === "order" && stock.days) {
      const made = daysOf(stock.days);
      const { last } = plan(rule, made.count);
      when = word("made", { ...made, day: span(last, last) });
      where = rule.carrier ?? "";
    } else if (rule?.days && (stock.state === "in" || stock.state === "few")) {
      const found = plan(rule);
      days = span(found.first, found.last);
      const sent = found.today
        ? word("sent_today", rule)
        : word("sent_on", { ...rule, day: longDay.format(found.sent) });
      where = `${when}, ${sent}`;
      when = found.left ? word("within", { time: clockText(found.left), days }) : word("now", { days });
    }
    this.write("when", when);
    this.write("where", where);
    this.write("bar-choice", [this.shown, days].filter(Boolean).join(" · "));
  }

  // Return the chosen variant, or show which choice is missing and scroll to it.
  ready() {
    const variant = this.chosen;
    if (variant) return variant;
    const box = this.choices.find((each) => !this.picked(each)) ?? this.choices[0];
    const text = word("choose", { option: box.dataset.label.toLocaleLowerCase() });
    this.write("error", shop.language.startsWith("en") ? text.replace(/\ba (?=[aeio])/, "an ") : text);
    (box.matches("select")
      ? box
      : (box.querySelector(".variant__box:not(.variant__box--out) input") ?? box.querySelector("input"))
    ).focus();
    box.scrollIntoView({ block: "center" });
    return undefined;
  }

  buy(event) {
    const variant = this.ready();
    if (!variant) event.preventDefault();
    else if (variant.buy) this.press(event, variant.buy);
  }

  // A click on another payment method.
  other(event) {
    const link = event.target.closest("[data-method]");
    const variant = link && this.ready();
    if (variant?.others) this.press(event, variant.others[link.dataset.method]);
    else if (link) event.preventDefault();
  }

  // Links open their address, with the order in the clipboard if the link can't contain it. Other buttons need the
  // provider's script.
  press(event, buy) {
    tell(buy.kind === "snipcart" ? "add_to_cart" : "begin_checkout", [buy]);
    if (buy.copy) window.storegen.copyText(buy.copy);
    if (buy.href) return;
    event.preventDefault();
    window.storegen.press(buy, this);
  }

  add(event) {
    const variant = this.ready();
    if (!variant?.buy) return;
    if (variant.buy.kind !== "cart") {
      tell("add_to_cart", [variant.buy]);
      window.storegen.press(variant.buy, this);
      return;
    }
    cart.put(variant.buy, this.shown);
    const button = event.currentTarget.firstElementChild;
    const before = button.textContent;
    button.textContent = word("in_cart");
    button.parentElement.classList.add("button--done");
    setTimeout(() => {
      button.textContent = before;
      button.parentElement.classList.remove("button--done");
    }, 2000);
    open(document.getElementById("cart"));
  }

  // Show the bar while the button is above the visible area, but not over the footer.
  watch() {
    const bar = this.find("bar");
    const foot = document.querySelector("footer");
    if (!bar || !foot) return;
    const near = new Map();
    const seen = (entries) => {
      for (const { target, isIntersecting } of entries) near.set(target, isIntersecting);
      bar.hidden = [...near.values()].some(Boolean);
      document.documentElement.classList.toggle("has-bar", !bar.hidden);
    };
    // The area is extended far below the window, so that a button below it counts as visible.
    new IntersectionObserver(seen, { rootMargin: "0px 0px 100000px 0px" }).observe(this.find("promise"));
    new IntersectionObserver(seen).observe(foot);
  }
}

customElements.define("product-buy", ProductBuy);
