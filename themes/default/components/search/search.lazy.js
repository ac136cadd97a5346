// The search field with its suggestions, and the search page. find.lazy.js provides the results.
import { element, link, set } from "../../scripts/dom.mjs";
import { tile } from "../picture/tile.mjs";

const { tell, word, fill, forms, expire, minor, money, priceNow, storage, Index, parts, wordsOf } = window.storegen;
const AT_ONCE = 24;
const RECENT = "storegen.searches";
const KEPT = 5;
const FEW = 6; // products; fewer need no filters
const SIZES = "(min-width: 1024px) 25vw, (min-width: 720px) 33vw, 50vw";
let index;
let boxes = 0;

// The text with an element in place of {text}.
function around(text, shown) {
  const [before, after = ""] = text.split("{text}");
  return [before, shown, after];
}

const asking = (text) => `${index.address}?${new URLSearchParams({ q: text })}`;

// The visitor's last queries. They stay in this browser.
const recent = () => {
  const found = storage.read(RECENT);
  return Array.isArray(found) ? found.filter((each) => typeof each === "string").slice(0, KEPT) : [];
};
function remember(text) {
  const others = recent().filter((each) => wordsOf(each).join() !== wordsOf(text).join());
  if (wordsOf(text).length) storage.write(RECENT, [text, ...others].slice(0, KEPT));
}

// A name with the search words underlined wherever they occur.
function marked(line, name, words) {
  let rest = name;
  for (const part of parts(name)) {
    for (let start = 0; start < part.length; start += 1) {
      const [whole = ""] = wordsOf(part.slice(start));
      const term = words.find((each) => whole.startsWith(each));
      if (!term) continue;
      let end = start + 1;
      while ((wordsOf(part.slice(start, end))[0] ?? "").length < term.length) end += 1;
      const place = rest.indexOf(part) + start;
      line.append(rest.slice(0, place), element("mark", "", part.slice(start, end)));
      rest = rest.slice(place + end - start);
      break;
    }
  }
  line.append(rest);
  return line;
}

const sum = ({ amount, currency }) => money(minor({ amount, currency }), currency);

// The price as on the product's card, with classes of *kind*. Recurring prices are left out, because their text is too
// long.
function priced({ price, stock }, kind) {
  const out = stock === "out" && element("span", "found__out", word("out"));
  if (price.plan) return out && [out];
  const { now, before, claim, unit } = priceNow(price);
  return [
    element("span", `${kind}__now`, price.lowest ? fill(index.words.lowest, { price: sum(now) }) : sum(now)),
    before && element("span", "visually-hidden", ` ${index.words.before} `),
    before && element("s", `${kind}__before`, sum(before)),
    unit && element("span", `${kind}__unit`, `${sum(unit)}/${price.unit_per}`),
    claim && element("span", `${kind}__note`, word("note", { price: sum(before) })),
    out,
  ];
}
const reduced = ({ price }) => (!price.plan && priceNow(price).before ? "--sale" : "");

function image({ name, picture, widths = [], ground = "" }, kind, sizes) {
  if (!picture) return tile(name, kind);
  const at = (width) => picture.replace("*", width);
  const srcset = widths.map((each) => `${at(each)} ${each}w`).join();
  const made = set(element("img", kind), { alt: "", loading: "lazy", width: 320, height: 320 });
  made.dataset.name = name;
  if (ground) made.classList.add(`picture--${ground}`);
  return set(made, srcset ? { sizes, srcset, src: at(widths[0]) } : { src: picture });
}

const spoken = ({ language }) => (language ? { lang: language, dir: "auto" } : {});
const detail = ({ fact, when }) => [fact, when].filter(Boolean).join(" · ");

// A line below the field, or in the list of texts.
function row(found, words) {
  const { name, href, price } = found;
  const line = detail(found);
  return set(
    link(
      price ? "found found--piece" : "found",
      href,
      price && image(found, "found__picture", "64px"),
      element(
        "span",
        "found__words",
        marked(element("span", "found__name"), name, words),
        line && element("span", "found__fact", line),
      ),
      price &&
        element("span", `found__price${reduced(found) && " found__price--sale"}`, ...(priced(found, "found") || [])),
    ),
    spoken(found),
  );
}

// The stars of the component "stars".
function stars({ mean, count, fill: full }) {
  const made = document.createElement("p");
  const icons = document.querySelector("use").getAttribute("href").split("#")[0];
  const shown = Number(mean).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1 });
  made.className = "stars";
  made.innerHTML = `<svg class="stars__five" width="84" height="16" viewBox="0 0 84 16" role="img"><use class="stars__empty"/><svg class="stars__full" width="${Number(full)}%" height="16"><use width="84" height="16"/></svg></svg>`;
  for (const use of made.querySelectorAll("use")) set(use, { href: `${icons}#stars` });
  set(made.firstElementChild, { "aria-label": fill(index.words.of, { mean: shown }) });
  made.append(
    set(element("span", "stars__mean", shown), { "aria-hidden": true }),
    " ",
    set(element("span", "stars__count", `(${count})`), { "aria-hidden": true }),
    element("span", "visually-hidden", forms(index.words.reviews, count)),
  );
  return made;
}

// A product as in a category: the component "product-card".
function card(found, words, sizes) {
  const { name, href, stock, rating, badge } = found;
  const line = detail(found);
  const label = badge && element("span", `badge badge--${badge.kind}`, badge.text);
  if (badge?.ends) set(label, { "data-ends": badge.ends });
  const about = element(
    "div",
    "product-card__about",
    element("h3", "product-card__name", marked(link("product-card__link", href), name, words)),
    line && element("p", "product-card__fact", line),
    rating && stars(rating),
  );
  const price = element("p", "price__line", ...(priced(found, "price") || []));
  return set(
    element(
      "li",
      `product-card${stock === "out" ? " product-card--out" : ""}`,
      element("div", "product-card__picture", image(found, "picture picture--square", sizes), label),
      element(
        "div",
        "product-card__words",
        about,
        element("div", "product-card__price", element("div", `price${reduced(found) && " price--sale"}`, price)),
      ),
    ),
    spoken(found),
  );
}

// Search words in the spelling of the results.
function written(words, shown) {
  const all = shown.flatMap(({ name, fact = "" }) => parts(`${name} ${fact}`));
  const fits = (test) => all.find((part) => test(wordsOf(part)[0] ?? ""))?.toLowerCase();
  return words.map((term) => fits((each) => each === term) ?? fits((each) => each.includes(term)) ?? term).join(" ");
}

// The number of results that have all words: of products, or else of texts.
const countOf = ({ partly, texts, products }) => (partly || !products.length ? texts : products).length;
// That results lack the words that were dropped, as the visitor typed them.
function without({ text, dropped }) {
  const left = (text.match(/\S+/g) ?? []).filter((part) => wordsOf(part).some((term) => dropped.includes(term)));
  return fill(index.words.without, { text: left.join(" ") });
}

class SearchBox extends HTMLElement {
  connectedCallback() {
    index ??= new Index(this.dataset.index);
    boxes += 1;
    this.field = this.querySelector("input");
    this.status = set(element("p", "visually-hidden"), { role: "status" });
    this.append(this.status);
    this.results = this.hasAttribute("data-page") && document.getElementById("found");
    this.field.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.look(), 120);
    });
    this.querySelector("form").addEventListener("submit", (event) => this.submit(event));
    this.addEventListener("click", ({ target }) => {
      if (!this.asked || !target.closest(".found[href]")) return;
      remember(this.asked);
      this.report();
    });
    if (this.results) this.whole();
    else {
      this.combo();
      this.look();
    }
  }

  combo() {
    const { field } = this;
    const panel = element("div", "search__panel");
    this.panel = panel;
    this.append(panel);
    panel.hidden = true;
    panel.id = `suggestions-${boxes}`;
    set(field, { role: "combobox", "aria-expanded": false, "aria-controls": panel.id, "aria-autocomplete": "list" });
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("focus", () => this.look());
    panel.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus in the field
    this.addEventListener(
      "focusout",
      /** @param {any} event */ ({ relatedTarget }) => this.contains(relatedTarget) || this.close(),
    );
    this.querySelector(".search__close")?.addEventListener("click", () =>
      /** @type {any} */ (document.activeElement).blur(),
    );
  }

  // The search page: all results in steps. Its address contains the search text.
  whole() {
    this.idle = [...this.results.children];
    this.field.value = new URLSearchParams(location.search).get("q") ?? "";
    if (this.field.value) this.submit();
    else this.look();
  }

  // The visitor is done with the query. It may have a page of its own.
  async submit(event) {
    const text = this.field.value.trim();
    event?.preventDefault();
    remember(text);
    this.sent = text;
    const href = await index.redirect(text).catch(() => undefined);
    if (href) location[this.results ? "replace" : "assign"](href);
    else if (this.results) this.look();
    else location.assign(asking(text));
  }

  async look() {
    const text = this.field.value.trim();
    this.asked = text;
    try {
      if (wordsOf(text).join("").length < 2) return await this.empty();
      const found = await index.find(text);
      const rows = async (hits, draw = /** @type {any} */ (row)) =>
        (await index.show(hits)).map((each) => Object.assign(draw(each, found.words, SIZES), { found: each }));
      const products = found.hits.filter((each) => index.isProduct(each));
      const texts = found.hits.filter((each) => !index.isProduct(each));
      const show = this.results ? this.list : this.suggest;
      this.count = countOf({ ...found, products, texts });
      await show.call(this, { ...found, text, products, texts, rows });
      if (this.results && this.sent === text) this.report();
    } catch {
      this.status.textContent = word("offline");
    } finally {
      if (this.results) this.results.classList.remove("is-waiting");
    }
  }

  // Tell the tools that count visits what was asked, once: on the search page, or with a suggestion that is chosen.
  report() {
    this.sent = undefined;
    tell("search", [], { search: { search_term: this.asked.toLowerCase().slice(0, 100), results: this.count } });
  }

  // What an empty field suggests: the visitor's last queries, and those of the shop or its categories.
  async empty() {
    this.close();
    if (this.results) {
      await index.ready().catch(() => undefined);
      if (index.words && this.asked === undefined) this.results.prepend(...this.last());
      return;
    }
    if (this.field.value.trim() || document.activeElement !== this.field) return;
    await index.ready().catch(() => undefined);
    if (!index.words || this.asked !== undefined || document.activeElement !== this.field) return;
    const line = ([text, href]) => link("found found--query", href, text);
    const last = recent().map((text) => line([text, asking(text)]));
    const groups = [
      [index.words.recent, last, true],
      [index.suggested_title, index.suggested.map(line), true],
    ];
    if (last.length || index.suggested.length) this.open(groups, "", [], last.length && this.clear(() => this.empty()));
  }

  clear(then) {
    const button = set(element("button", "search__clear", index.words.clear), { type: "button" });
    button.addEventListener("click", () => {
      storage.write(RECENT, undefined);
      then();
    });
    return button;
  }

  // Show groups of options below the field, each with its name, its options and whether the name is visible. *last*
  // are options below the groups.
  open(groups, told, last = [], foot = /** @type {any} */ ("")) {
    const id = `${this.panel.id}-list`;
    this.options = [...groups.flatMap(([, rows]) => rows), ...last];
    this.options.forEach((each, place) =>
      set(each, { id: `${id}-${place}`, role: "option", tabindex: -1, "aria-selected": false }),
    );
    const group = ([name, rows, titled]) => {
      const title = titled && set(element("p", "search__title", name), { "aria-hidden": true });
      return set(element("div", "", title, ...rows), { role: "group", "aria-label": name });
    };
    const list = element("div", "search__list", ...groups.filter(([, rows]) => rows.length).map(group), ...last);
    set(list, { id, role: "listbox", "aria-label": groups[0][0] });
    this.panel.replaceChildren(...[told, list, foot].filter(Boolean));
    list.hidden = !this.options.length;
    this.panel.hidden = false;
    set(this.field, { "aria-controls": id, "aria-expanded": this.options.length > 0 });
    this.choose(-1);
  }

  async suggest(found) {
    const { text, hits, rows } = found;
    const [products, texts] = await Promise.all([rows(found.products.slice(0, 5)), rows(found.texts.slice(0, 3))]);
    if (text !== this.asked || !this.contains(document.activeElement)) return;
    const { words } = index;
    const rest = hits.length - products.length - texts.length;
    const all = element("span", "button button--line", fill(words.all, { count: hits.length }));
    const groups = [
      [found.partly ? without(found) : words.products, products, found.partly],
      [words.texts, texts, true],
    ];
    this.open(
      found.partly ? groups.reverse() : groups,
      this.told(found, [...products, ...texts]),
      rest > 0 ? [link("search__all", asking(text), all)] : [],
    );
  }

  async list(found) {
    const { words } = index;
    const { text, products } = found;
    const filters = /** @type {any} */ (document.querySelector("filter-list"));
    const few = products.length < FEW || Boolean(found.partly);
    const place = element("div", "search__products");
    // What was chosen for another query says nothing of this one.
    if (new URLSearchParams(location.search).get("q") !== text) history.replaceState(null, "", asking(text));
    const draw = (numbers) => this.grid(place, found, numbers);
    const [texts] = await Promise.all([
      found.rows(found.texts.slice(0, AT_ONCE)),
      filters && !few ? filters.take(products, draw) : draw(products),
    ]);
    if (text !== this.asked) return;
    // From here on all at once, so that nothing that a visitor sees moves.
    const first = [...place.querySelectorAll(".product-card")];
    filters?.classList.toggle("filters--idle", few);
    const count = fill(words.count, { text, count: countOf(found) });
    document
      .getElementById("found-told")
      .replaceChildren(
        this.told(found, [...first, ...texts]),
        found.dropped.length && !found.partly ? "" : element("h2", "search__count", count),
      );
    const list = element("ul", "search__texts", ...texts.map((each) => element("li", "", each)));
    this.results.replaceChildren(
      ...(found.partly
        ? [list, element("h2", "search__head", without(found)), place]
        : [place, texts.length ? element("h2", "search__head", words.texts) : "", list]),
      ...this.ways(found, first),
    );
  }

  // Draw products in steps.
  async grid(place, found, numbers) {
    this.turn = (this.turn ?? 0) + 1;
    const { turn } = this;
    const left = [...numbers];
    const next = () => found.rows(left.splice(0, AT_ONCE), card);
    const first = await next();
    if (turn !== this.turn) return;
    const grid = element("ul", "search__grid product-cards product-cards--4", ...first);
    const more = set(element("button", "button button--line search__more", index.words.more), { type: "button" });
    more.hidden = !left.length;
    more.addEventListener("click", async () => {
      const rest = await next();
      grid.append(...rest);
      expire();
      rest[0].querySelector("a").focus();
      more.hidden = !left.length;
    });
    place.replaceChildren(grid, more);
    expire();
  }

  // The lists below the results: all of them if nothing was found, other popular products if there are few results.
  ways({ hits }, rows) {
    const shown = rows.map(({ found }) => found.href);
    let left = shown.length ? 4 : Number.POSITIVE_INFINITY; // one row
    for (const link of this.idle.flatMap((each) => [...each.querySelectorAll(".product-card__link")])) {
      const hidden = !left || shown.includes(link.getAttribute("href"));
      link.closest("li").hidden = hidden;
      if (!hidden) left -= 1;
    }
    const few = hits.length < 8;
    const filled = this.idle.filter((each) => each.querySelector("li:not([hidden])"));
    return filled.filter((each) => !hits.length || (few && each.matches(".search__popular")));
  }

  // The line above the results: a corrected spelling, or the words that were left out.
  told(found, rows) {
    const { typed, words: used, hits, text } = found;
    const { words } = index;
    const line = element("p", "search__told");
    const dropped = found.partly ? [] : found.dropped;
    const better = written(
      used,
      rows.map(({ found }) => found),
    );
    if (dropped.length) {
      line.append(fill(words.none, { text }), " ");
      if (hits.length) line.append(without(found), " ");
      else if (index.ask) line.append(link("", index.ask, words.ask));
    }
    if (used.join() !== typed.join()) line.append(...around(words.showing, element("strong", "", better)));
    const said = line.textContent;
    line.hidden = !said;
    this.status.textContent = dropped.length ? said : `${said} ${fill(words.count, { text, count: countOf(found) })}`;
    return line;
  }

  choose(place) {
    this.place = place;
    const chosen = this.options[place];
    this.options.forEach((each) => set(each, { "aria-selected": each === chosen }));
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) set(this.field, { "aria-activedescendant": chosen.id });
    else this.field.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const open = !this.panel.hidden;
    if (event.key === "Escape") {
      if (!open) return this.field.blur();
      event.preventDefault();
      this.close();
    } else if (step && !open) this.look();
    else if (step) {
      event.preventDefault();
      const places = this.options.length + 1; // including the field itself
      this.choose(((this.place + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && open && this.options[this.place]) {
      event.preventDefault();
      this.options[this.place].click();
    }
  }

  // The visitor's last queries on the search page.
  last() {
    const chips = recent().map((text) => element("li", "", link("chip", asking(text), text)));
    const section = element("section", "search__queries");
    const title = element(
      "h2",
      "search__title",
      index.words?.recent,
      this.clear(() => section.remove()),
    );
    section.append(title, element("ul", "search__chips", ...chips));
    return chips.length ? [section] : [];
  }

  close() {
    this.asked = undefined;
    if (this.results) {
      document.getElementById("found-told").replaceChildren();
      document.querySelector("filter-list")?.classList.add("filters--idle");
      this.results.replaceChildren(...this.ways({ hits: [] }, []));
    } else {
      this.options = [];
      this.panel.hidden = true;
      set(this.field, { "aria-expanded": false });
      this.choose(-1);
    }
  }
}

customElements.define("search-box", SearchBox);
