// Whose a number is: the same as storegen/tracking/ does, which a test holds against this.
const { fill } = window.storegen;
const SPACES = /[\t-\r\x20\x85\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const NUMBER = /^[A-Za-z0-9-]{4,40}$/;
const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function clean(text) {
  const plain = text.normalize("NFKC").replace(SPACES, "").replace(DASHES, "-");
  return NUMBER.test(plain) ? plain.toUpperCase() : "";
}

const valueOf = (sign) => (sign >= "A" ? (sign.charCodeAt(0) - 3) % 10 : Number(sign));
const weighted = (signs, weights) => [...signs].map((sign, place) => valueOf(sign) * weights[place % weights.length]);
const sum = (values) => values.reduce((before, value) => before + value, 0);
const toTen = (total) => (10 - (total % 10)) % 10;

const DIGITS = {
  mod10: (signs, weights) => toTen(sum(weighted(signs, weights))),
  "mod11-10": (signs, weights) => (sum(weighted(signs, weights)) % 11) % 10,
  mod7: (signs) => [...signs].reduce((rest, sign) => (rest * 10 + Number(sign)) % 7, 0),
  luhn: (signs) =>
    toTen(sum(weighted([...signs].reverse(), [2, 1]).map((value) => (value > 9 ? value - 9 : value)))),
  s10(signs) {
    const rest = 11 - (sum(weighted(signs, [8, 6, 4, 2, 3, 5, 9, 7])) % 11);
    return { 10: 0, 11: 5 }[rest] ?? rest;
  },
  "mod37-36"(signs) {
    let rest = 36;
    for (const sign of signs) rest = (((rest + SIGNS.indexOf(sign)) % 36 || 36) * 2) % 37;
    return SIGNS[(37 - rest) % 36];
  },
};

function proves({ kind, skip = 0, after = 0, prefix = "", weights = [] }, number) {
  const place = number.length - after - 1;
  return String(DIGITS[kind](prefix + number.slice(skip, place), weights)) === number[place];
}

// Every carrier with a form that the number has; proven is null where the form has no check digit.
function fitting(text, carriers) {
  const dashed = clean(text);
  const forms = new Set([dashed.replaceAll("-", ""), dashed].filter((form) => NUMBER.test(form)));
  const found = [];
  for (const carrier of carriers)
    for (const { pattern, check } of carrier.numbers ?? [])
      for (const number of forms)
        if (new RegExp(`^(?:${pattern})$`).test(number))
          found.push({ carrier, number, proven: check ? proves(check, number) : null });
  return found;
}

function recognise(text, carriers) {
  const best = new Map();
  for (const { carrier, number, proven } of fitting(text, carriers)) {
    if (proven !== false && (!best.has(carrier.id) || (proven && !best.get(carrier.id).proven)))
      best.set(carrier.id, { carrier, number, proven: Boolean(proven) });
  }
  const found = [...best.values()].sort((one, other) => Number(other.proven) - Number(one.proven));
  const known = found.some(({ carrier, proven }) => proven && !carrier.fallback);
  return found.filter(({ carrier }) => !(known && carrier.fallback));
}

function misread(text, carriers) {
  const found = fitting(text, carriers).filter(({ carrier }) => !carrier.fallback);
  const right = new Set(found.filter(({ proven }) => proven !== false).map(({ carrier }) => carrier));
  return [...new Set(found.map(({ carrier }) => carrier))].filter((carrier) => !right.has(carrier));
}

const addressOf = ({ link, page }, number) =>
  link && number ? link.replace("{number}", encodeURIComponent(number)) : page;
const grouped = (number) =>
  /^[A-Z]{2}\d{9}[A-Z]{2}$/.test(number) ? number.replace(/\D\D|\d{3}/g, "$& ") : number.replace(/[^-]{4}(?=..)/g, "$& ");

class ParcelFinder extends HTMLElement {
  connectedCallback() {
    this.parts = {};
    for (const each of this.querySelectorAll("[data-part]")) this.parts[each.dataset.part] = each;
    Object.assign(this, JSON.parse(this.parts.data.textContent));
    const { form, number, copy } = this.parts;
    number.addEventListener("input", () => this.show());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show(true);
      if (!this.parts.found.hidden) this.parts.open.focus();
    });
    copy.addEventListener("click", () => this.copy());
    addEventListener("hashchange", () => this.prefill());
    this.prefill();
  }

  // A mail leads here with the number in the address: #n=… stays in the browser, ?n=… works too.
  prefill() {
    const given = new URLSearchParams(location.hash.slice(1)).get("n") ?? new URLSearchParams(location.search).get("n");
    if (!given) return;
    this.parts.number.value = given.slice(0, 80);
    this.show(true);
  }

  // While somebody types, a number that is not yet one is no mistake.
  show(done = false) {
    const text = this.parts.number.value;
    const found = recognise(text, this.carriers);
    this.parts.found.hidden = !found.length;
    this.parts.wrong.hidden = Boolean(found.length) || !done || !text.trim();
    this.parts.idle.hidden = !(this.parts.found.hidden && this.parts.wrong.hidden);
    this.parts["copy-text"].textContent = this.words.copy;
    if (found.length) this.showFound(found);
    else if (!this.parts.wrong.hidden) this.showWrong(text);
    const { said, title, "wrong-title": wrong } = this.parts;
    said.textContent = found.length ? title.textContent : this.parts.wrong.hidden ? "" : wrong.textContent;
  }

  showFound(found) {
    const [{ carrier, number, proven }] = found;
    const { title, shown, open, paste, others } = this.parts;
    this.number = number;
    title.textContent = fill(this.words[carrier.fallback ? "abroad" : proven ? "is" : "may"], carrier);
    shown.textContent = grouped(number);
    open.href = addressOf(carrier, number);
    this.parts["open-text"].textContent = fill(this.words.open, carrier);
    paste.hidden = Boolean(carrier.link);
    paste.textContent = fill(this.words.paste, carrier);
    const rest = [...new Set([...found.map((each) => each.carrier), ...this.carriers])].slice(1);
    this.list(others, fill(this.words.other, carrier), rest, number);
  }

  showWrong(text) {
    const number = clean(text);
    const near = misread(text, this.carriers);
    const kind = near.length ? "digit" : number ? "unknown" : "none";
    const values = { name: near.map(({ name }) => name).join(", ") };
    this.parts["wrong-title"].textContent = fill(this.words[`${kind}_title`], values);
    this.parts["wrong-text"].textContent = fill(this.words[`${kind}_text`], values);
    this.list(this.parts.anyway, this.words.anyway, number ? [...new Set([...near, ...this.carriers])] : [], number);
  }

  list(place, label, carriers, number) {
    place.hidden = !carriers.length;
    place.replaceChildren(`${label} `);
    for (const carrier of carriers) {
      const link = document.createElement("a");
      Object.assign(link, { href: addressOf(carrier, number), rel: "noreferrer noopener", textContent: carrier.name });
      place.append(link);
    }
  }

  async copy() {
    let done = this.words.copied;
    try {
      await navigator.clipboard.writeText(this.number);
    } catch {
      getSelection().selectAllChildren(this.parts.shown);
      done = this.words.marked;
    }
    this.parts["copy-text"].textContent = done;
  }
}

window.storegen.parcels = { clean, recognise, misread, addressOf };
customElements.define("parcel-finder", ParcelFinder);
