// Data and functions that all components share: the shop's data, texts, money in minor units, days in its time zone.
import { moneyOf } from "./money.mjs";
import { current, priceAt } from "./prices.mjs";

// Text in content files can't create an element with this attribute.
const place = document.querySelector("[data-shop]");
const shop = place ? JSON.parse(place.textContent) : { words: {}, order: {} };
const language = shop.language === "en" ? "en-GB" : shop.language;
const plural = new Intl.PluralRules(language);
const amounts = moneyOf(shop);

function fill(text, values) {
  const tell = (value) => (typeof value === "number" ? amounts.number(value) : value);
  return String(text ?? "").replace(/\{(\w+)\}/g, (all, name) => tell(values[name]) ?? all);
}

// A text in its form for a number.
const formOf = (found, count) => (typeof found === "object" ? (found[plural.select(count)] ?? found.other) : found);
const forms = (text, count, values) => fill(formOf(text, count), { count, ...values });
const word = (key, values = {}) => fill(formOf(shop.words[key], values.count), values);

// A day is represented by midnight UTC of its date, so that clock changes can't shift it.
const DAY = 86400000;
const weekday = (day) => (new Date(day).getUTCDay() + 6) % 7;
const iso = (day) => new Date(day).toISOString().slice(0, 10);

// The Swedish locale formats times as 2026-11-23 09:50:00.
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

// When a parcel is dispatched and arrives by the shop's rule. *make* is the production time in working days, *from* an
// ISO date before which nothing is made or dispatched.
function plan(rule, make = 0, from = "") {
  const now = clock(rule.zone);
  const start = Date.parse(from);
  if (start > now.day) Object.assign(now, { day: start, minutes: 0 });
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

// The sign between the ends of a range; storegen/locale.py has the same rule.
const dash = { ja: "～", ko: "~" }[language.split("-")[0]] ?? "–";
// Keep times and dates on one line. A dash would allow a line break even before a non-breaking space.
const tied = (text) => text.replaceAll(dash, `${dash}\u2060`).replaceAll(" ", "\u00a0");

// Tue 24 – Thu 26 Nov: a month that both days share is shown once, where it is the first or the last part of a date. In
// American English it stands between weekday and day.
function span(first, last) {
  if (first === last) return tied(plain(dayFormat, first));
  const same = iso(first).slice(0, 7) === iso(last).slice(0, 7);
  const from = plain(same && dayFirst ? shortDay : dayFormat, first);
  const until = plain(same && order[0] === "month" ? shortDay : dayFormat, last);
  return tied(`${from} ${dash} ${until}`);
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

// Say a short message, with a button if *button* has its text "act" and what it does, "run".
let toast;
const say = (text, button) => {
  toast ??= Promise.all([load("static:toast.js"), load("static:toast.css")]);
  toast
    .then(() => /** @type {any} */ (document.querySelector("short-toast")).say(text, button))
    .catch(() => alert(text));
};

// Replace content that expires while the page is open with the content of its template, or remove it. The new content
// may expire too.
let expiring;
function expire() {
  clearTimeout(expiring);
  let next = 2 ** 31 - 1;
  let replaced;
  for (const part of document.querySelectorAll("[data-ends]")) {
    const left = Date.parse(part.dataset.ends) - Date.now();
    if (left > 0) next = Math.min(next, left);
    else {
      part.replaceWith(part.querySelector("template")?.content.cloneNode(true) ?? "");
      replaced = true;
    }
  }
  if (replaced) return expire();
  document.dispatchEvent(new Event("offers-change"));
  expiring = setTimeout(expire, next);
}

document.addEventListener("DOMContentLoaded", expire);

// Values in the browser's storage. A stored value can be anything, so its readers check its shape. A value that can't
// be stored is kept in memory until the page is closed.
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
// Another tab was able to write.
addEventListener("storage", ({ key }) => delete held[key]);

// The script of the shop's own cart is loaded on demand.
let panel;
const loadCart = () =>
  shop.cart_files?.length && (panel ??= Promise.all(shop.cart_files.map(load)).then(() => window.storegen.rulesReady));

// Dispatch an event about the shop to its listeners; *lines* have the format of cart lines.
function tell(name, lines, more) {
  document.dispatchEvent(new CustomEvent("shop-event", { detail: { name, lines, ...more } }));
}

window.storegen = {
  ...amounts,
  tell,
  shop,
  fill,
  forms,
  expire,
  word,
  clock,
  weekday,
  plan,
  longDay,
  dash,
  span,
  tied,
  load,
  say,
  loadCart,
  storage,
  current: (line) => current(line, Date.now()),
  priceNow: (tag) => priceAt(tag, Date.now()),
};
