const { shop, word, minor, money, plan, dash, span, tied, longDay, cart, open, tell, load, current, priceNow } =
  window.storegen;

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

// A range of days as text, with its maximum as the count.
const daysOf = ([least, most]) => ({ days: least < most ? `${least}${dash}${most}` : most, count: most });

function clockText(minutes) {
  const hours = Math.floor(minutes / 60);
  return tied(hours ? word("hours", { hours, minutes: minutes % 60 }) : word("minutes", { minutes }));
}

// A variant at its present price: a sale may have begun or ended since the build.
const soldNow = ({ price, buy, others, ...rest }) => ({
  ...rest,
  price: priceNow(price),
  buy: buy && current(buy),
  others: others?.map((each) => each && current(each)),
});

const isOut = ({ stock, buy }) => stock.state === "out" || !buy;

// The value that all variants share, undefined if they differ.
function settled(variants, read) {
  const [first, ...others] = variants.map((each) => JSON.stringify(read(each)));
  return first !== undefined && others.every((each) => each === first) ? JSON.parse(first) : undefined;
}

// The text of an option's chosen value, empty if none is chosen.
function labelOf(box) {
  const chosen = box.matches("select") ? box.selectedOptions[0] : box.querySelector(":checked");
  return chosen?.dataset.label ?? "";
}

class ProductBuy extends HTMLElement {
  loaded;
  /** @type {any} what services.lazy.js adds */
  services;

  connectedCallback() {
    const data = JSON.parse(this.find("data").textContent);
    this.variants = data.variants;
    this.dispatch = data.dispatch;
    this.elsewhere = data.abroad;
    this.choices = [...this.querySelectorAll("[data-option]")];
    this.fromAddress();
    this.addEventListener("change", () => this.update(true));
    for (const [name, act] of Object.entries({ now: "buy", "bar-now": "buy", add: "add", others: "other" }))
      this.find(name)?.addEventListener("click", (event) => this[act](event));
    if (this.find("services")) load("static:services.js");
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
      const label = labelOf(box);
      return label && `${box.dataset.label} ${label}`;
    });
    return words.filter(Boolean).join(", ");
  }

  // The variants that fit the values chosen so far; *without* is an option that is left out.
  fitting(without = -1) {
    const values = this.choices.map((box, place) => (place === without ? "" : this.picked(box)));
    return this.variants.filter((variant) => values.every((value, place) => !value || value === variant.values[place]));
  }

  update(acted) {
    const [{ price: before }] = this.variants;
    this.variants = this.variants.map(soldNow);
    const [{ price: now }] = this.variants;
    const several = this.variants.length > 1;
    const fitting = this.fitting();
    const variant = this.chosen;
    const none = !fitting.length;
    const out = !none && fitting.every(isOut);
    this.choices.forEach((box, place) => this.mark(box, place));
    this.write("error", none ? word("none") : "");
    if (several) this.price(fitting);
    else if (now !== before) this.write("bar-price", this.tell(now.now));
    for (const name of ["buttons", "others"]) this.find(name)?.toggleAttribute("hidden", out || none);
    const letter = this.find("letter");
    if (letter) {
      letter.hidden = !out || !this.dataset.back;
      letter.firstElementChild.href = this.letter();
    }
    for (const name of ["now", "bar-now"]) {
      const button = this.find(name);
      if (button) button.href = out ? this.letter() : variant?.buy?.href || "#buy";
    }
    window.storegen.showMethods?.(this, variant);
    this.services?.show(variant);
    for (const box of this.querySelectorAll("[data-choices]")) box.hidden = box.dataset.choices !== variant?.sku;
    const act = (this.find("now") ?? this.find("add"))?.textContent.trim();
    const open = !variant && this.choices.find((box) => !this.picked(box));
    const next = open ? word("pick", { option: open.dataset.name }) : act;
    const gone = this.dataset.back && letter ? letter.textContent.trim() : word("out");
    this.write("bar-now", none ? word("other") : out ? gone : next);
    this.promise();
    if (several) this.follow(fitting, acted && variant);
  }

  // Strike the values of an option that don't go with the other choices, or are sold out with them.
  mark(box, place) {
    const chosen = box.querySelector("[data-part=chosen]");
    if (chosen) chosen.textContent = labelOf(box);
    const there = this.fitting(place);
    for (const input of box.querySelectorAll("input, option[data-label]")) {
      const fits = there.filter(({ values }) => values[place] === input.value);
      const state = fits.length ? (fits.every(isOut) ? word("sold_out") : "") : word("not_made");
      const { label } = input.dataset;
      if (input.matches("option")) input.text = state ? `${label}, ${state}` : label;
      else {
        input.parentElement.classList.toggle("variant__box--out", Boolean(state));
        input.parentElement.querySelector("[data-part=state]").textContent = state && `, ${state}`;
      }
    }
  }

  // Show the picture of the choice as soon as it is settled, and put a complete choice into the address.
  follow(fitting, variant) {
    const picture = settled(fitting, (each) => each.picture) ?? -1;
    if (picture >= 0 && picture !== this.picture) {
      const gallery = document.querySelector("product-gallery");
      customElements.whenDefined("product-gallery").then(() => gallery.show(picture));
    }
    this.picture = picture;
    if (variant) history.replaceState(history.state, "", `?variant=${encodeURIComponent(variant.sku)}`);
  }

  letter() {
    const name = [this.dataset.name, this.shown, this.chosen?.sku].filter(Boolean).join(", ");
    return `${this.dataset.back}?product=${encodeURIComponent(name)}`;
  }

  tell(price) {
    return money(minor(price), price.currency);
  }

  // The price of the variants that the choice leaves; "from" their lowest if they differ.
  price(fitting) {
    const buyable = fitting.filter((each) => !isOut(each));
    const all = buyable.length ? buyable : fitting;
    if (!all.length) {
      this.find("price").replaceChildren();
      this.write("bar-price", "");
      return;
    }
    const { sku, price: tag } = all.reduce((one, each) => (minor(each.price.now) < minor(one.price.now) ? each : one));
    const same = all.every(({ price }) => price.now.amount === tag.now.amount);
    const now = same ? this.tell(tag.now) : word("lowest", { price: this.tell(tag.now) });
    const line = make("p", "price__line", make("span", "price__now", now));
    if (tag.before) line.append(" ", make("s", "price__before", this.tell(tag.before)));
    const percent = tag.percent ? word("percent", tag) : "";
    if (percent) line.append(" ", make("span", "price__percent", percent));
    const badge = document.querySelector(".gallery [data-percent]");
    if (badge) badge.textContent = percent;
    if (tag.unit) line.append(" ", make("span", "price__unit", `${this.tell(tag.unit)}/${tag.unit_per}`));
    const charged = this.querySelector(`[data-plan="${CSS.escape(sku)}"]`);
    if (charged) line.firstChild.after(" ", charged.content.cloneNode(true));
    const box = make("div", `price price--large${tag.before ? " price--sale" : ""}`, line);
    // At this moment, the event offers-change follows.
    if (tag.until) box.dataset.ends = tag.until;
    if (tag.claim) box.append(make("p", "price__note", word("note", { price: this.tell(tag.before) })));
    this.find("price").replaceChildren(box);
    this.write("bar-price", now + (charged ? ` ${charged.dataset.every}` : ""));
  }

  // The stock of the variants that the choice leaves: what they share, else the best of theirs without a number.
  get stock() {
    const stocks = this.fitting().map((variant) => variant.stock);
    const shared = settled(stocks, (stock) => stock);
    if (shared || !stocks.length) return shared ?? { state: "none", text: word("none") };
    const rank = ({ state }) => ["in", "few", "digital", "order", "pre", "back", "out"].indexOf(state);
    const best = stocks.reduce((one, other) => (rank(other) < rank(one) ? other : one));
    return best.state === "few" ? { ...best, state: "in", text: word("in") } : best;
  }

  // The build wrote a text without dates; replace it with the present dates and times.
  promise() {
    const { stock, dispatch: rule } = this;
    const { state, available } = stock;
    const ready = stock.ready?.map((days, place) => days + (this.services?.days[place] ?? 0));
    let when = stock.text;
    let where = "";
    let days = "";
    if (state === "out") when = this.shown ? word("choice_out", { choice: this.shown }) : when;
    else if (rule?.days && ready) {
      const found = plan(rule, ready[1], available);
      days = span(found.first, found.last);
      if (state === "order") {
        days = span(found.last, found.last);
        when = word("made", { ...daysOf(ready), day: days });
        where = rule.carrier ?? "";
      } else if (available || ready[1]) where = word(rule.carrier ? "arrives_with" : "arrives", { ...rule, days });
      else {
        const sent = word(`sent_${found.today ? "today" : "on"}${rule.carrier ? "_with" : ""}`, {
          ...rule,
          day: longDay.format(found.sent),
        });
        where = `${when}, ${sent}`;
        when = found.left ? word("within", { time: clockText(found.left), days }) : word("now", { days });
      }
    }
    this.write("when", when);
    this.write("where", where);
    this.write("bar-choice", [this.shown, state === "none" ? when : days || stock.text].filter(Boolean).join(" · "));
  }

  // Return the chosen variant, or show which choice is missing and scroll to it. A service may need a text.
  ready() {
    const variant = this.chosen;
    if (variant) return this.services?.missing() ? undefined : variant;
    const box = this.choices.find((each) => !this.picked(each)) ?? this.choices[0];
    const text = word("choose", { option: box.dataset.name });
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
    else if (variant.buy && !this.sheet(event, variant)) this.press(event, variant.buy);
  }

  // A click on another payment method.
  other(event) {
    const link = event.target.closest("[data-method]");
    const variant = link && this.ready();
    if (!link || (variant && this.sheet(event, variant))) return;
    const other = variant?.others?.[link.dataset.method];
    if (other) this.press(event, other);
    else event.preventDefault();
  }

  line(buy, stock) {
    return { ...buy, stock, services: this.services?.chosen };
  }

  // Open the order sheet with one piece if the button is one for it, and return whether it is.
  sheet(event, { buy, stock }) {
    const there = event.target.closest("[data-sheet]") && buy?.kind === "cart";
    if (there)
      window.storegen.order(
        event,
        cart.lineOf({ ...this.line(buy, stock), shown: this.shown || buy.choice, count: 1 }),
      );
    return there;
  }

  // Links open their address, with the order in the clipboard if the link can't contain it. Other buttons need the
  // provider's script.
  press(event, buy) {
    tell(buy.kind === "snipcart" ? "add_to_cart" : "begin_checkout", [buy]);
    if (buy.copy) navigator.clipboard?.writeText(buy.copy);
    if (buy.href) return;
    event.preventDefault();
    window.storegen.press(buy, this);
  }

  add() {
    const variant = this.ready();
    if (!variant?.buy) return;
    if (variant.buy.kind !== "cart") {
      tell("add_to_cart", [variant.buy]);
      window.storegen.press(variant.buy, this);
      return;
    }
    if (cart.put(this.line(variant.buy, variant.stock), this.shown)) open(document.getElementById("cart"));
  }

  // Show the bar while the button is out of view, above or below, but not over the footer.
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
    // A button under the bar is not in view. Of the buttons and the letter, one is hidden and so never in view.
    const watcher = new IntersectionObserver(seen, { rootMargin: "0px 0px -80px 0px" });
    for (const part of ["buttons", "letter"]) if (this.find(part)) watcher.observe(this.find(part));
    new IntersectionObserver(seen).observe(foot);
  }
}

customElements.define("product-buy", ProductBuy);
