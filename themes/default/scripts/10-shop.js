// What all components share: the shop's data, words, money in minor units, days in the shop's zone.
import { moneyOf } from "./money.mjs";

// No text of an editor can make an element with this attribute.
const place = document.querySelector("[data-shop]");
const shop = place ? JSON.parse(place.textContent) : { words: {}, order: {} };
const language = shop.language === "en" ? "en-GB" : shop.language;
const plural = new Intl.PluralRules(language);

function fill(text, values) {
  return String(text ?? "").replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

function word(key, values = {}) {
  const found = shop.words[key];
  return fill(typeof found === "object" ? (found[plural.select(values.count)] ?? found.other) : found, values);
}

// A day is midnight UTC of its date, so that no clock change can move it.
const DAY = 86400000;
const weekday = (day) => (new Date(day).getUTCDay() + 6) % 7;
const iso = (day) => new Date(day).toISOString().slice(0, 10);

// Swedish writes times as 2026-11-23 09:50:00.
function clock(timeZone) {
  const [day, time] = new Date().toLocaleString("sv", { timeZone }).split(" ");
  const [hours, minutes] = time.split(":").map(Number);
  return { day: Date.parse(day), minutes: hours * 60 + minutes };
}

function step(day, count, fits) {
  for (let tries = 0; count > 0 && tries < 400; tries += 1) {
    day += DAY;
    if (fits(day)) count -= 1;
  }
  return day;
}

// When a parcel leaves and arrives by the shop's rule; *make* is how many working days it takes to make the thing.
function plan(rule, make = 0) {
  const now = clock(rule.zone);
  const free = (day) => !(rule.holidays ?? []).includes(iso(day));
  const works = (day) => weekday(day) < 5 && free(day);
  const leaves = (day) => rule.weekdays.includes(weekday(day)) && free(day);
  const [hours, minutes] = rule.before.split(":").map(Number);
  const left = leaves(now.day) ? Math.max(0, hours * 60 + minutes - now.minutes) : 0;
  let sent = left ? now.day : step(now.day, 1, leaves);
  if (make) {
    sent = step(now.day, make, works);
    if (!leaves(sent)) sent = step(sent, 1, leaves);
  }
  const [first, last] = rule.days.map((days) => step(sent, days, works));
  return { left, today: sent === now.day, sent, first, last };
}

const dayFormat = new Intl.DateTimeFormat(language, {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const longDay = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });

const shortDay = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", timeZone: "UTC" });
const order = dayFormat.formatToParts(0).map(({ type }) => type);
const dayFirst = order.indexOf("day") < order.indexOf("month");
const plain = (format, day) => format.format(day).replaceAll(",", "");

// Times and dates stay on one line; a dash would break it even before a fixed space.
const tied = (text) => text.replaceAll("–", "–\u2060").replaceAll(" ", "\u00a0");

// Tue 24 – Thu 26 Nov: a month that both days share is said once, where the language says it.
function span(first, last) {
  if (first === last) return tied(plain(dayFormat, first));
  const same = iso(first).slice(0, 7) === iso(last).slice(0, 7);
  const from = plain(same && dayFirst ? shortDay : dayFormat, first);
  const until = plain(same && !dayFirst ? shortDay : dayFormat, last);
  return tied(`${from} – ${until}`);
}

function load(address) {
  return new Promise((done, failed) => {
    const style = address.endsWith(".css");
    const element = document.createElement(style ? "link" : "script");
    Object.assign(element, style ? { rel: "stylesheet", href: address } : { src: address });
    Object.assign(element, { onload: done, onerror: failed });
    document.head.append(element);
  });
}

// What ends while the page is open: what comes after it takes its place, or it goes.
function expire() {
  let next = 2 ** 31 - 1;
  for (const part of document.querySelectorAll("[data-ends]")) {
    const left = Date.parse(part.dataset.ends) - Date.now();
    if (left > 0) next = Math.min(next, left);
    else part.replaceWith(part.querySelector("template")?.content.cloneNode(true) ?? "");
  }
  document.dispatchEvent(new Event("offers-change"));
  setTimeout(expire, next);
}

document.addEventListener("DOMContentLoaded", expire);

// What the browser keeps for the shop. It can hold anything, so whoever reads a value looks at its shape. What can't be
// written is held as long as the page.
const held = {};
const storage = {
  held,
  read(key, area = "localStorage") {
    try {
      return key in held ? held[key] : JSON.parse(window[area][key]);
    } catch {
      return undefined;
    }
  },
  write(key, value, area = "localStorage") {
    delete held[key];
    try {
      if (value) window[area].setItem(key, JSON.stringify(value));
      else window[area].removeItem(key);
    } catch {
      held[key] = value;
    }
  },
};
// Another tab could write.
addEventListener("storage", ({ key }) => delete held[key]);

// The shop's own cart comes when somebody looks at it.
let panel;
const loadCart = () => shop.cart_script && (panel ??= load(shop.cart_script));

// When a sale has ended, the price that was there before it holds.
const current = (line) =>
  // biome-ignore lint/suspicious/noThenProperty: a price that holds then, nothing that can be called
  line.then && Date.parse(line.ends) <= Date.now() ? { ...line, ...line.then, ends: undefined, then: undefined } : line;

// What happens in the shop, told to whoever listens; *lines* are as the cart keeps them.
function tell(name, lines, more) {
  document.dispatchEvent(new CustomEvent("shop-event", { detail: { name, lines, ...more } }));
}

window.storegen = {
  ...moneyOf(shop),
  tell,
  shop,
  fill,
  word,
  clock,
  weekday,
  plan,
  longDay,
  span,
  tied,
  load,
  loadCart,
  storage,
  current,
};
