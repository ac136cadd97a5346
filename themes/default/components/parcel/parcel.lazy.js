// Whose a number is: the same as storegen/tracking/ does, which a test holds against this.
const { fill } = window.storegen;
const SPACES = /[\t-\r\x20\x85\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const NUMBER = /^[A-Za-z0-9-]{4,40}$/;
const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

const plainOf = (text) => text.normalize("NFKC").replace(DASHES, "-");

function clean(text) {
  const plain = plainOf(text).replace(SPACES, "");
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
  luhn: (signs) => toTen(sum(weighted([...signs].reverse(), [2, 1]).map((value) => (value > 9 ? value - 9 : value)))),
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

// The words of a text that hold digits, and the rows of such words with the letters before and behind them.
function wordsOf(text) {
  const words = [];
  const rows = [];
  for (const part of plainOf(text)
    .replace(SPACES, " ")
    .split(/[^A-Za-z0-9 -]/)) {
    const row = part.toUpperCase().split(" ").filter(Boolean);
    const bare = [...row, ""].map((word) => !/[0-9]/.test(word));
    for (let start = 0, end; start < row.length; start = end + 1) {
      end = bare.indexOf(true, start);
      if (end === start) continue;
      const middle = row.slice(start, end).join("");
      const [before, after] = [row[start - 1] ?? "", row[end] ?? ""];
      words.push(...row.slice(start, end));
      rows.push(before + middle + after, before + middle, middle + after, middle);
    }
  }
  return [words, rows].map((all) => all.filter((each) => NUMBER.test(each)));
}

// The number that a text holds: all of it, or what stands there among other words, as in a mail or a link.
function meant(text, carriers) {
  const whole = clean(text);
  const known = (each) => recognise(each, carriers).length;
  const near = (each) => misread(each, carriers).length;
  if (known(whole) || near(whole)) return whole;
  const [words, rows] = wordsOf(text);
  const proven = (each) => recognise(each, carriers).some((found) => found.proven);
  const longest = [...words, ...rows].sort((one, other) => other.length - one.length);
  return longest.find(proven) ?? words.find(known) ?? words.find(near) ?? whole;
}

const addressOf = ({ link, page }, number) =>
  link && number ? link.replace("{number}", encodeURIComponent(number)) : page;
const grouped = (number) =>
  /^[A-Z]{2}\d{9}[A-Z]{2}$/.test(number)
    ? number.replace(/\D\D|\d{3}/g, "$& ")
    : number.replace(/[^-]{4}(?=..)/g, "$& ");

class ParcelFinder extends HTMLElement {
  connectedCallback() {
    this.parts = {};
    for (const each of this.querySelectorAll("[data-part]")) this.parts[each.dataset.part] = each;
    Object.assign(this, JSON.parse(this.parts.data.textContent));
    const { form, number, copy } = this.parts;
    number.addEventListener("input", ({ inputType }) => this.show(inputType === "insertFromPaste"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show(true);
      if (!this.parts.found.hidden) this.parts.open.focus();
    });
    copy.addEventListener("click", () => this.copy());
    addEventListener("hashchange", () => this.prefill());
    this.prefill();
  }

  // A mail leads here with the number in the address: #n=… stays in the browser, ?n=… works too. It is taken out of the
  // address at once, so that no tool that counts visits reads it.
  prefill() {
    const query = new URLSearchParams(location.search);
    const given = new URLSearchParams(location.hash.slice(1)).get("n") ?? query.get("n");
    if (!given) return;
    query.delete("n");
    history.replaceState(null, "", location.pathname + `?${query}`.replace(/\?$/, ""));
    this.parts.number.value = given.slice(0, this.parts.number.maxLength);
    this.show(true);
  }

  // While somebody types, a number that is not yet one is no mistake, and one among words not yet whole.
  show(done = false) {
    const typed = this.parts.number.value;
    const text = done ? meant(typed, this.carriers) : typed;
    const found = recognise(text, this.carriers);
    this.parts.found.hidden = !found.length;
    this.parts.wrong.hidden = Boolean(found.length) || !done || !typed.trim();
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

window.storegen.parcels = { clean, meant, recognise, misread, addressOf };
customElements.define("parcel-finder", ParcelFinder);
