// Filters and orders of a list, from the file that storegen/views/filters.py wrote. Addresses such as ?size=17&sort=price
// say what is chosen. The cards are read from files with some cards each.
import { matching, only } from "./matching.mjs";

const { expire, fill, forms } = window.storegen;
const AT_ONCE = 24;

async function read(address, cache = /** @type {RequestCache} */ ("no-cache")) {
  const answer = await fetch(address, { cache });
  if (!answer.ok) throw new Error(address);
  return answer;
}

async function unzipped(address, cache) {
  const data = new Uint8Array(await (await read(address, cache)).arrayBuffer());
  if (data[0] !== 31) return JSON.parse(new TextDecoder().decode(data)); // the host has already decompressed it
  const open = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(open).json();
}

customElements.define(
  "filter-list",
  class extends HTMLElement {
    files = {};
    turn = 0;
    waiting = false;
    rows = /** @type {Map<number, number> | undefined} */ (undefined);

    connectedCallback() {
      this.path = location.pathname;
      this.line = this.named("count");
      this.order = this.querySelector(".filters__select");
      this.sheet = this.querySelector("dialog");
      this.addEventListener("click", (event) => this.press(event));
      this.order?.addEventListener("change", () => this.go((search) => search.set("sort", this.order.value)));
      this.sheet.addEventListener("close", () => this.move());
      addEventListener("popstate", () => this.update());
      if (this.classList.contains("filters--idle")) return; // another script gives it products
      this.list = this.querySelector(".product-cards");
      this.pages = this.querySelector(".pages");
      this.built = { cards: [...this.list.children], kind: this.list.className, line: [...this.line.childNodes] };
      this.sizes = this.list.querySelector("img, source")?.sizes;
      if (this.chosen().size || this.sort()) this.update();
      else (window.requestIdleCallback ?? setTimeout)(() => this.update());
    }

    named(name) {
      return this.querySelector(`[data-part="${name}"]`);
    }

    get values() {
      return [...this.querySelectorAll("[data-facet]")];
    }

    // What the address says: the chosen values of each filter. Values that the shop no longer has say nothing.
    chosen() {
      const search = new URLSearchParams(location.search);
      const found = new Map();
      for (const { dataset } of this.values) {
        if (!search.getAll(dataset.facet).includes(dataset.value)) continue;
        found.set(dataset.facet, (found.get(dataset.facet) ?? new Set()).add(dataset.value));
      }
      return found;
    }

    sort() {
      const wanted = new URLSearchParams(location.search).get("sort") ?? "";
      return [...(this.order?.options ?? [])].some(({ value }) => value === wanted) ? wanted : "";
    }

    press(event) {
      const { target } = event;
      const value = target.closest("[data-facet]");
      const part = target.closest("[data-part]")?.dataset.part;
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (value) {
        event.preventDefault();
        this.toggle(value.dataset.facet, value.dataset.value);
      } else if (part === "clear") this.go((search) => this.chosen().forEach((_, key) => search.delete(key)));
      else if (part === "show") this.sheet.close();
      else if (part === "all") this.unfold(target.closest("button"), target.closest(".filters__values"));
      else if (part === "more") this.unfold(target.closest("button"), this.named("rows"));
      else if (target.closest(".filters__open")) this.move(this.named("sheet"));
    }

    unfold(button, place) {
      const open = place.classList.toggle("is-open");
      button.ariaExpanded = String(open);
    }

    // On a phone the filters and the order move into the sheet, and back when it closes.
    move(place) {
      const rows = this.named("rows");
      const order = this.named("order");
      if (place) place.append(...[order, rows].filter(Boolean));
      else {
        this.prepend(rows);
        if (order) this.querySelector(".filters__line").append(order);
      }
    }

    toggle(key, value) {
      this.go((search) => {
        const values = search.getAll(key);
        search.delete(key);
        for (const each of values) if (each !== value) search.append(key, each);
        if (!values.includes(value)) search.append(key, value);
      });
    }

    // Change the address, then the page.
    go(change) {
      const search = new URLSearchParams(location.search);
      change(search);
      if (!search.get("sort")) search.delete("sort");
      const query = String(search);
      history.pushState(null, "", this.dataset.href + (query && `?${query}`));
      this.update();
    }

    // Filter and sort products that another script found and draws: the numbers of their documents, the best first.
    take(numbers, draw) {
      this.taken = { numbers, draw };
      if (this.data || this.dataset.late === undefined || this.chosen().size || this.sort()) return this.update();
      this.line.replaceChildren();
      if (!this.waiting) {
        this.waiting = true;
        const load = ({ target }) => {
          const here = /** @type {Element} */ (target).closest(".filters__rows, .filters__line, .filters__dock");
          if (here && !this.data) this.update();
        };
        for (const name of ["pointerover", "focusin"]) this.addEventListener(name, load);
      }
      return draw(numbers);
    }

    async update() {
      const turn = ++this.turn;
      const chosen = this.chosen();
      const sort = this.sort();
      try {
        this.data ??= await (this.loading ??= unzipped(this.dataset.file));
        this.words = this.data.words;
        if (turn !== this.turn) return;
        const found = matching(this.taken ? this.some() : this.data, chosen, sort, Date.now());
        this.mark(chosen, sort, found);
        if (this.taken) await this.give(found);
        else if (chosen.size || sort) await this.show(found, turn);
        else this.restore();
      } catch {
        this.loading = undefined;
        await this.taken?.draw(this.taken.numbers);
        if (turn !== this.turn || !(chosen.size || sort)) return;
        this.line.textContent = this.words?.failed ?? "";
      }
    }

    mark(chosen, sort, { counts, rows }) {
      const { words } = this.data;
      for (const each of this.values) {
        const { facet, value } = each.dataset;
        const on = chosen.get(facet)?.has(value) ?? false;
        const count = counts.get(facet)?.get(value) ?? 0;
        const label = each.firstElementChild.textContent;
        if (each.localName === "a") each.ariaCurrent = on ? "true" : null;
        else each.ariaPressed = String(on);
        const name = `${label}, ${forms(words.pieces, count)}`; // voice control needs the visible text in it (WCAG 2.5.3)
        each.ariaLabel = on ? fill(words.remove, { name }) : name;
        each.lastElementChild.textContent = fill("{count}", { count });
        each.parentElement.hidden = !count && !on;
      }
      for (const row of this.querySelectorAll(".filters__row")) {
        row.hidden = [...row.querySelectorAll("[data-facet]")].every((each) => each.parentElement.hidden);
      }
      if (this.taken) this.promote();
      const number = [...chosen.values()].reduce((sum, values) => sum + values.size, 0);
      this.named("clear").hidden = !number;
      this.named("badge").hidden = !number;
      this.named("badge").textContent = number;
      this.named("show").firstElementChild.textContent = forms(words.show, rows.length);
      if (this.order) this.order.value = sort;
    }

    // Of the filters of a search, the first ones that the results have are shown, with their first values.
    promote() {
      const rows = [...this.querySelectorAll(".filters__row")];
      const most = Number(this.dataset.most);
      const here = rows.filter((row) => !row.hidden);
      for (const [place, row] of here.entries()) {
        row.classList.toggle("filters__row--more", place >= most);
        const values = row.querySelectorAll(".filters__values > li:not([hidden]) > [data-facet]");
        const all = row.querySelector('[data-part="all"]')?.ariaExpanded === "true";
        row.querySelector(".filters__values").classList.toggle("is-open", all || values.length <= 12);
      }
      const more = this.named("more");
      if (more) more.hidden = here.length <= most;
    }

    // Show the list as the page was built. At another address than that of the page, that is another list.
    restore() {
      if (location.pathname !== this.path) return location.reload();
      if (!this.shown) return;
      this.shown = undefined;
      this.list.className = this.built.kind;
      this.list.replaceChildren(...this.built.cards);
      this.line.replaceChildren(...this.built.line);
      if (this.pages) this.pages.hidden = false;
      this.named("further")?.remove();
      this.named("none")?.remove();
    }

    async show({ rows, without }, turn) {
      const { words } = this.data;
      const most = Math.max(AT_ONCE, history.state?.shown ?? 0);
      const cards = await this.read(rows.slice(0, most));
      if (turn !== this.turn) return;
      this.shown = true;
      this.again = false;
      this.list.className = `${this.built.kind.replace(/ product-cards--(odd|one|fours|\d)\b/g, "")} product-cards--${this.list.dataset.columns}`;
      this.list.replaceChildren(...cards);
      expire();
      const strong = document.createElement("strong");
      strong.textContent = forms(words.pieces, rows.length);
      const part = rows.length > cards.length ? ` ${fill(words.range, { first: 1, last: cards.length })}` : "";
      this.line.replaceChildren(strong, part);
      if (this.pages) this.pages.hidden = true;
      this.named("further")?.remove();
      this.named("none")?.remove();
      if (rows.length > cards.length) this.list.after(this.further(most));
      if (!rows.length) this.list.after(this.none(without));
    }

    // The facts of the products that were taken.
    some() {
      let number = 0;
      this.rows ??= new Map(this.data.numbers.map((step, row) => [(number += step), row]));
      return only(
        this.data,
        this.taken.numbers.map((each) => this.rows.get(each)).filter((row) => row !== undefined),
      );
    }

    give({ rows, without }) {
      const known = this.taken.numbers.filter((each) => this.rows.has(each));
      const strong = document.createElement("strong");
      strong.textContent = forms(this.words.pieces, rows.length);
      this.line.replaceChildren(strong);
      this.named("none")?.remove();
      if (!rows.length) this.querySelector(".filters__line").after(this.none(without));
      return this.taken.draw(rows.map((row) => known[row]));
    }

    further(most) {
      const place = document.createElement("p");
      place.className = "filters__further";
      place.dataset.part = "further";
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button button--line", textContent: this.data.words.more });
      button.addEventListener("click", async () => {
        history.replaceState({ shown: most + AT_ONCE }, "");
        const first = this.list.children.length;
        await this.update();
        this.list.children[first]?.querySelector("a").focus();
      });
      place.append(button);
      return place;
    }

    // No product fits: which filter to leave out.
    none([facet, value, count] = []) {
      const { words } = this.data;
      const place = document.createElement("p");
      place.className = "filters__none";
      place.dataset.part = "none";
      place.append(words.none);
      const chip = this.values.find((each) => each.dataset.facet === facet && each.dataset.value === value);
      if (!chip) return place;
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "filters__clear", textContent: words.drop });
      button.addEventListener("click", () => this.toggle(facet, value));
      place.append(` ${forms(words.without, count, { name: chip.firstElementChild.textContent })} `, button);
      return place;
    }

    // The cards of products. A file that is gone means that the shop was built again: then the facts are read anew.
    async read(rows) {
      const { at, homes, chunk } = this.data;
      const found = await Promise.all(
        rows.map(async (row) => {
          const [home, place] = [at[row * 2], at[row * 2 + 1]];
          const number = Math.floor(place / chunk);
          const [base, marks] = homes[home];
          const cards = await this.file(`${base}${number}-${marks.slice(number * 4, number * 4 + 4)}.txt`);
          return cards[place % chunk].cloneNode(true);
        }),
      ).catch((error) => {
        if (!this.again) {
          this.again = true;
          this.data = undefined;
          this.loading = unzipped(this.dataset.file, "reload");
          setTimeout(() => this.update());
        }
        throw error;
      });
      return found;
    }

    file(address) {
      const found = (this.files[address] ??= read(address)
        .then((answer) => answer.text())
        .then((text) => {
          const { body } = new DOMParser().parseFromString(text, "text/html");
          for (const each of body.querySelectorAll("img, source")) if (this.sizes) each.sizes = this.sizes;
          return [...body.children];
        }));
      found.catch(() => delete this.files[address]); // a failed request can be repeated
      return found;
    }
  },
);
