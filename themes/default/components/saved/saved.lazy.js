// The products that the visitor saved or viewed. This browser keeps the addresses of their pages only: names, pictures,
// prices and facts are read from the pages, so that they are today's.
import { element, link, set } from "../../scripts/dom.mjs";
import { tile } from "../picture/tile.mjs";

const { expire, fill, say, storage, word } = window.storegen;
const SAVED = "storegen.saved";
const VIEWED = "storegen.viewed";
const MOST = 24; // products in a list
const BESIDE = 4; // products in a comparison
const SIZES = "(min-width: 1024px) 25vw, (min-width: 720px) 33vw, 50vw";
const place = /** @type {HTMLElement} */ (document.getElementById("saved") ?? document.getElementById("viewed"));
const words = JSON.parse(place.dataset.words ?? "{}");
const icons = document.querySelector("use")?.getAttribute("href").split("#")[0];
const part = (name) => place.querySelector(`[data-part="${name}"]`);

// What was stored or shared can be anything. Only pages of this shop are read.
const own = (each) => typeof each === "string" && /^\/[^/\\]/.test(each);
const kept = (key) => [storage.read(key) ?? []].flat().filter(own).slice(0, MOST);
const sharedOf = (search) => (new URLSearchParams(search).get("p") ?? "").split(",").filter(own).slice(0, MOST);

const pages = {};
const read = (path) => (pages[path] ??= readPage(path));

// A product from its page, undefined if the shop no longer sells it.
async function readPage(path) {
  const answer = await fetch(path, { cache: "no-cache" });
  if (answer.status === 404 || answer.status === 410) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const { lang } = document.documentElement;
  const here = page.querySelector(`link[rel=alternate][hreflang="${lang}"]`)?.getAttribute("href");
  // The list goes with the visitor from one language to the other.
  if (here && page.documentElement.lang !== lang) return read(new URL(here).pathname);
  const article = page.querySelector("article.product");
  if (!article) throw new Error(path);
  const name = article.querySelector("h1").textContent;
  const home = [...page.querySelectorAll(".breadcrumbs a")].at(-1);
  const options = [...article.querySelectorAll("[data-option]")].map((each) => [
    /** @type {HTMLElement} */ (each).dataset.label,
    [...each.querySelectorAll("[data-label]")].map((one) => /** @type {HTMLElement} */ (one).dataset.label).join(", "),
  ]);
  const facts = /** @type {HTMLElement | null} */ (article.querySelector(".specs[data-facts]"));
  const specs = [...(facts?.children ?? [])]
    .slice(0, Number(facts?.dataset.facts))
    .map(({ children: [title, value] }) => [title.textContent, value.textContent]);
  return {
    path: new URL(answer.url).pathname,
    name,
    language: article.getAttribute("lang"),
    picture: article.querySelector(".gallery .picture:not(.picture--none)"),
    price: article.querySelector(".buy__price > .price"),
    stars: article.querySelector(".buy .stars"),
    out: article.querySelector(".promise .stock--out"),
    home: home && { text: home.textContent, href: home.getAttribute("href") },
    rows: [...options, ...specs],
  };
}

// Those of some pages that can be read now. Pages that are gone leave the list of a key.
async function productsOf(paths, key) {
  const found = await Promise.all(paths.map((path) => read(path).catch(() => null)));
  const there = paths.filter((_, place) => found[place] !== undefined);
  if (key && there.length < paths.length) storage.write(key, there);
  return found.map((each, place) => each && { ...each, kept: paths[place] }).filter(Boolean);
}

const copy = (node) => document.importNode(node, true);
const icon = (name) => {
  const made = element("span", "saved__icon");
  made.innerHTML = `<svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true"><use/></svg>`;
  set(made.querySelector("use"), { href: `${icons}#${name}` });
  return made;
};

function imageOf({ picture, name }) {
  if (!picture) return tile(name, "picture--square");
  const made = copy(picture);
  made.removeAttribute("fetchpriority");
  return set(made, { alt: "", loading: "lazy", sizes: SIZES, "data-name": name });
}

function priceOf({ price }) {
  if (!price) return "";
  const made = copy(price);
  made.classList.remove("price--large");
  return made;
}

function starsOf({ stars }) {
  if (!stars) return "";
  const made = copy(stars);
  const all = made.querySelector(".stars__link");
  all?.replaceWith(element("span", "visually-hidden", all.textContent));
  return made;
}

function button(text, press, kind = "button button--line button--small") {
  const made = set(element("button", kind, ...[text].flat()), { type: "button" });
  made.addEventListener("click", press);
  return made;
}

// A product as in a category: the component "product-card".
function card(product, remove) {
  const { name, path, language, out } = product;
  const away =
    remove &&
    button([icon("close"), element("span", "visually-hidden", fill(words.remove, { name }))], remove, "saved__remove");
  const made = element(
    "li",
    `product-card${out ? " product-card--out" : ""}`,
    element("div", "product-card__picture", imageOf(product)),
    element(
      "div",
      "product-card__words",
      element(
        "div",
        "product-card__about",
        element("h3", "product-card__name", link("product-card__link", path, name)),
        starsOf(product),
      ),
      element(
        "div",
        "product-card__price",
        priceOf(product),
        out && element("p", "product-card__out", out.textContent),
      ),
    ),
    away,
  );
  return language ? set(made, { lang: language, dir: "auto" }) : made;
}

const grid = (cards) => element("ul", "product-cards product-cards--4", ...cards);

// Products of one category side by side. Rows in which they differ are marked.
function comparison(products) {
  const labels = [...new Set(products.flatMap(({ rows }) => rows.map(([label]) => label)))];
  const values = (label) => products.map(({ rows }) => rows.find(([each]) => each === label)?.[1] ?? "–");
  const head = element(
    "tr",
    "",
    element("td"),
    ...products.map((each) =>
      set(element("th", "compare__product", imageOf(each), link("compare__name", each.path, each.name)), {
        scope: "col",
      }),
    ),
  );
  const row = (label, cells, same) =>
    element(
      "tr",
      same ? "compare__row compare__row--same" : "compare__row",
      set(element("th", "", label), { scope: "row" }),
      ...cells.map((each) => element("td", "", each)),
    );
  const rows = labels.map((label) => {
    const found = values(label);
    return row(label, found, new Set(found).size === 1);
  });
  const rated = products.some(({ stars }) => stars);
  return element(
    "table",
    "compare__table",
    element("thead", "", head),
    element(
      "tbody",
      "",
      row(words.price, products.map(priceOf)),
      rated &&
        row(
          words.rating,
          products.map((each) => starsOf(each) || "–"),
        ),
      ...rows,
    ),
  );
}

function compared(products) {
  const { text } = products[0].home;
  const table = comparison(products);
  const only = set(document.createElement("input"), { type: "checkbox" });
  only.addEventListener("change", () => table.classList.toggle("compare__table--short", only.checked));
  const same = table.querySelector(".compare__row--same");
  return element(
    "section",
    "compare",
    element("h2", "compare__title", fill(words.compare, { name: text })),
    same && element("label", "compare__only", only, ` ${words.differences}`),
    set(element("div", "table", table), {
      tabindex: 0,
      role: "region",
      "aria-label": fill(words.compare, { name: text }),
    }),
  );
}

function groups(products) {
  const found = new Map();
  for (const each of products) {
    if (each.home) found.set(each.home.href, [...(found.get(each.home.href) ?? []), each]);
  }
  return [...found.values()].filter(({ length }) => length > 1).map((each) => each.slice(0, BESIDE));
}

const addressOf = (paths) => `${location.origin}${location.pathname}?p=${paths.map(encodeURI).join()}`;

async function share() {
  const url = addressOf(kept(SAVED));
  try {
    if (navigator.share && matchMedia("(pointer: coarse)").matches)
      await navigator.share({ url, title: document.title });
    else {
      await navigator.clipboard.writeText(url);
      part("told").textContent = words.copied;
    }
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "AbortError") part("told").textContent = url; // to be copied by hand
  }
}

function remove(product) {
  const before = kept(SAVED);
  storage.write(
    SAVED,
    before.filter((each) => each !== product.kept),
  );
  draw().then(() => document.querySelector("h1")?.scrollIntoView({ block: "nearest" }));
  say(fill(words.removed, { name: product.name }), {
    act: words.undo,
    run: () => {
      storage.write(SAVED, before);
      draw();
    },
  });
}

function keepAll(paths) {
  const before = kept(SAVED);
  storage.write(SAVED, [...paths.filter((each) => !before.includes(each)), ...before].slice(0, MOST));
  history.replaceState(null, "", location.pathname);
  draw();
}

// The page: a list that someone shared, or the visitor's own.
async function draw() {
  const shared = sharedOf(location.search);
  const paths = shared.length ? shared : kept(SAVED);
  const products = await productsOf(paths, shared.length ? "" : SAVED);
  const failed = paths.length > 0 && !products.length;
  part("told").textContent = failed ? word("offline") : shared.length ? words.shared : "";
  part("acts").replaceChildren(
    ...(shared.length
      ? [button(words.keep, () => keepAll(shared)), link("saved__own", location.pathname, words.own)]
      : products.length
        ? [button(words.share, share)]
        : []),
  );
  part("list").replaceChildren(
    ...(products.length ? [grid(products.map((each) => card(each, !shared.length && (() => remove(each)))))] : []),
  );
  part("compare").replaceChildren(...groups(products).map(compared));
  part("lead").hidden = !products.length || shared.length > 0;
  part("none").hidden = products.length > 0 || failed;
  const seen = kept(VIEWED).filter((each) => !paths.includes(each));
  await drawViewed(part("viewed"), seen.slice(0, 8), true);
  expire();
}

// The products viewed last.
async function drawViewed(section, paths, clear = false) {
  const products = await productsOf(paths, "");
  const [title] = section.children;
  const empty = () => storage.write(VIEWED, undefined);
  title.hidden = !products.length;
  section.replaceChildren(
    title,
    ...(products.length ? [grid(products.map((each) => card(each)))] : []),
    ...(products.length && clear ? [button(words.clear, () => [empty(), drawViewed(section, [])])] : []),
  );
}

if (place.id === "saved") draw();
else {
  const others = kept(VIEWED).filter((each) => each !== location.pathname);
  drawViewed(place, others.slice(0, 4)).then(expire);
}
