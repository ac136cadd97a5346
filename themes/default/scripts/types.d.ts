/**
 * Types for the type checker: the data in pages (from the records in storegen/views/contexts/), and the functions that
 * scripts/10-shop.js and others share as window.storegen.
 */

import type { moneyOf } from "./money.mjs";

export interface Money {
  amount: string;
  currency: string;
}
export type Decimals = Record<string, [payment: number, price: number]>;

/** When an article can be sent: the same value as on its page. */
export interface Stock {
  state: string;
  text: string;
  /** The number in stock, if it is known. */
  left?: number;
  /** Working days until dispatch, absent if the shop names no time. */
  ready?: [number, number];
  /** The day from which those days count. */
  available?: string;
}

/** A line of the cart as the browser stores it; P is the type of prices. */
export interface KeptLine<P = Money> {
  sku: string;
  name: string;
  count: number;
  price: P;
  choice?: string;
  /** The choice as text. */
  shown?: string;
  code?: string;
  product: string;
  page?: string;
  picture?: string;
  tokens?: Record<string, any>;
  /** The providers that receive the cart but can't sell this line. */
  not_by?: string[];
  weight?: number;
  stock?: Stock;
  /** False if nothing is shipped. */
  carried?: boolean;
  /** A gift voucher, which is sent to a recipient. */
  voucher?: boolean;
  methods?: string[];
  offers?: string[];
  tax?: string;
  /** The services that the buyer has chosen, with the buyer's texts. */
  services?: ChosenService[];
  until?: string;
  // biome-ignore lint/suspicious/noThenProperty: the price from until on
  then?: NextPrice<P>;
}

export interface ChosenService {
  id: string;
  text?: string;
}

/** A service of the shop, as in the cart's rules: storegen/views/contexts/services.py. */
export interface ServiceRule {
  name: string;
  price: number;
  once?: boolean;
  days?: [number, number];
  writes?: boolean;
  limit?: number;
  allowed?: string;
  optional?: boolean;
  code?: string;
}

/** The price of a line from a moment on, and the one that follows it. */
export interface NextPrice<P = Money> {
  price: P;
  code?: string;
  provider?: string;
  not_by?: string[];
  tokens?: Record<string, any>;
  until?: string;
  // biome-ignore lint/suspicious/noThenProperty: the price from until on
  then?: NextPrice<P>;
}

/** The article that a button sells, as in the page's data. */
/** A line in the cart of another market, as it is stored. *none* is a market that doesn't sell the article. */
export interface OtherLine extends KeptLine {
  none?: string;
}

/** The cart of another market, and its key in the browser's storage. */
export interface OtherCart {
  key: string;
  cart: { lines: OtherLine[]; until: number };
}

export interface Buy extends Omit<KeptLine, "count"> {
  kind: string;
  href?: string;
  copy?: string;
  data?: Record<string, string>;
}

/* Sums, in minor units */

export type Line = KeptLine<number>;

export interface Offer {
  id: string;
  kind: string;
  name: string;
  percent?: string;
  amount?: number;
  price?: number;
  tiers: { count: number; percent: string }[];
  products: string[];
  reduced: string[];
  /** Pages of the products that it makes cheaper. */
  pages?: string[];
  /** With free delivery: the methods and countries it is limited to. */
  methods?: string[];
  countries?: string[];
  /** The conditions of a code that no page shows. */
  terms?: string;
  free?: Line[];
  code?: string;
  min_total?: number;
  min_count?: number;
  starts?: string;
  ends?: string;
}

export interface Method {
  id: string;
  name: string;
  carrier?: string;
  countries?: string[];
  price: number;
  free_from?: number;
  steps?: { weight: number; count?: number; total?: number; price: number }[];
  /** In milligrams, and as text. */
  max_weight?: number;
  limit?: string;
  surcharges?: Surcharge[];
  days: [number, number];
}

/** A surcharge for postcodes: ranges, beginnings with a star, or single ones. */
export interface Surcharge {
  country: string;
  postcodes: string[];
  price: number;
  name?: string;
}

/** The data for the cart's totals; *coin* is the smallest amount that is calculated, 1 if missing. */
export interface Rules {
  coin?: number;
  offers?: Offer[];
  methods?: Method[];
  country?: string;
  services?: Record<string, ServiceRule>;
}

/** The visitor's choices in the cart. */
export interface Kept {
  country?: string;
  postcode?: string;
  method?: string;
  /** Gifts by offer. */
  chosen?: Record<string, string>;
}

/** Pieces of a cart: the places of the lines and the numbers of pieces. */
export type Pieces = [place: number, count: number][];

/** A reduction, and its amounts with the pieces that each is for. */
export interface Reduction {
  offer: Offer;
  amount: number;
  parts: [amount: number, pieces: Pieces][];
}

/** A row of a payment. *unit* is the price of one piece, 0 or more. *note* names the offer that reduces it. */
export interface ChargeLine {
  sku: string;
  name: string;
  choice: string;
  unit: number;
  count: number;
  note: string;
  /** The rate of its tax, if it is not the usual one. */
  tax?: string;
}

export interface Reductions {
  /** The cart's lines with their services. */
  lines: Line[];
  pieces: number;
  reductions: Reduction[];
  total: number;
  /** Offers of free articles. */
  free: Offer[];
  /** Offers of free delivery, some of them only for certain methods and countries. */
  delivered: Offer[];
  /** Whether a code is valid, and whether it changes the total. */
  coded: boolean;
  worth: boolean;
}

export interface Sums extends Reductions {
  gifts: { offer: Offer; line: Line }[];
  method?: Method;
  possible: Method[];
  /** Methods that are left out because the parcel is too heavy. */
  heavy: Method[];
  /** The surcharge for the postcode, which is part of the delivery. */
  surcharge?: Surcharge;
  /** The typed postcode in plain form if the price of the method depends on it, empty if it is not known yet. */
  postcode?: string;
  countries: string[];
  to: string;
  /** Whether no delivery method fits all lines. */
  apart: boolean;
  delivery: number;
  sum: number;
  /** The amount missing for free delivery, and the total from which delivery is free. */
  missing: number;
  limit: number;
}

/** An address of a country: its lines with %A, %C, %S, %Z, and the letters that are required. */
export interface AddressForm {
  lines: string[];
  required?: string;
}

export type OrderWords = Record<
  "subject" | "subject_many" | "pieces" | "delivery" | "total" | "tax" | "code" | "address",
  string
>;

/* Parcels */

export interface CheckDigit {
  kind: string;
  skip?: number;
  after?: number;
  prefix?: string;
  weights?: number[];
}

export interface Carrier {
  id: string;
  name: string;
  page: string;
  link?: string;
  numbers?: { pattern: string; check?: CheckDigit }[];
  /** Whether it also recognises parcels of other carriers. */
  fallback?: boolean;
}

export interface Recognised {
  carrier: Carrier;
  number: string;
  /** By its check digit. */
  proven: boolean;
}

/* The page */

/** When parcels are dispatched and arrive. */
export interface Dispatch {
  zone: string;
  before: string;
  weekdays: number[];
  holidays?: string[];
  days: [number, number];
  carrier?: string;
}

/** The data for the totals of the shop's own cart, as in the page's data. */
export interface CartData {
  currency: string;
  /** The id of the page's market, empty for the home market. */
  market?: string;
  country: string;
  provider: string;
  email: string;
  payment?: string;
  codes?: boolean;
  tax_rate?: string;
  tax_name?: string;
  tax_included?: boolean;
  offers?: { starts?: string; ends?: string }[];
  services?: Record<string, { price: Money }>;
}

export interface Shop {
  name: string;
  language: string;
  dispatch?: Dispatch;
  cart?: CartData;
  cart_files?: string[];
  /** The address of the cart's page, which contains the order sheet. */
  cart_page?: string;
  /** The id of the build, for the payment function. */
  build?: string;
  decimals?: Decimals;
  /** How amounts in each currency are written, and how whole numbers are, with a 0 for each digit. */
  money?: Record<string, string>;
  number?: string;
  scripts?: Record<string, string[]>;
  words: Record<string, string | Record<string, string>>;
  order: OrderWords;
}

type Values = Record<string, unknown>;

interface Plan {
  /** Minutes until the next dispatch. */
  left: number;
  today: boolean;
  /** Days, as midnight UTC. */
  sent: number;
  first: number;
  last: number;
}

interface Cart {
  /** The key in the browser's storage. */
  key: string;
  read(): KeptLine[];
  write(lines: KeptLine[]): void;
  put(buy: Buy | KeptLine, shown?: string, count?: number): boolean;
  /** What tells a line from others of the same article: its services. */
  keyOf(line: { sku: string; services?: ChosenService[] }): string;
  /** The line of the same article with the same services. */
  find(lines: KeptLine[], line: { sku: string; services?: ChosenService[] }): KeptLine | undefined;
  mostOf(line: { sku: string; stock?: Stock; services?: ChosenService[] }): number;
  full(line: { sku: string; stock?: Stock; services?: ChosenService[] }): void;
  lineOf(kept: unknown): KeptLine[];
  kept(): Kept & { lines: KeptLine[]; code?: string };
  keep(changes: Partial<Kept> & { lines?: KeptLine[]; code?: string }): void;
  unkept(): boolean;
}

type MoneyFunctions = ReturnType<typeof moneyOf>;

/** Functions that scripts share. Some belong to a lazy script, and some exist only in shops that use them. */
export interface Storegen extends MoneyFunctions {
  shop: Shop;
  fill(text: string | undefined, values: Values): string;
  /** Fill in a text in its form for a number. */
  forms(text: string | Record<string, string>, count: number, values?: Record<string, string | number>): string;
  /** Replace content whose time is over, also in cards that were added. */
  expire(): void;
  word(key: string, values?: Values): string;
  clock(zone: string): { day: number; minutes: number };
  weekday(day: number): number;
  plan(rule: Dispatch, make?: number, from?: string): Plan;
  longDay: Intl.DateTimeFormat;
  span(first: number, last: number): string;
  tied(text: string): string;
  dash: string;
  load(address: string): Promise<unknown>;
  say(text: string, button?: { act: string; run: () => void }): void;
  replace?(image: HTMLImageElement): void;
  loadCart(): Promise<unknown> | 0 | undefined;
  storage: {
    held: Record<string, unknown>;
    read(key: string, area?: "localStorage" | "sessionStorage"): any;
    write(key: string, value: unknown, area?: "localStorage" | "sessionStorage"): void;
  };
  current<B extends { until?: string; then?: object }>(line: B): B;
  priceNow<T extends { until?: string; then?: T }>(tag: T): T;
  tell(name: string, lines: object[], more?: object): void;
  open?(dialog: HTMLDialogElement): void;
  cart?: Cart;
  sumsOf?(lines: KeptLine[], code?: string): Sums;
  countryName?(code: string): string;
  cartAreas?(box: any, sums: Sums): void;
  codeMark?(code: string): Promise<string>;
  cartCodes?(view: any, code: string | undefined, typed: string | undefined, found: Sums, rules: any): void;
  cartServices?: {
    show(line: Line, box: Element, rules: any): void;
    days(line: { services?: ChosenService[] }, rules: any): number;
    offered(page: Document): (string | undefined)[];
  };
  orderText?: string;
  order?(event: { target: any; preventDefault(): void }, lines?: KeptLine[], news?: string): Promise<void>;
  openSheet?(lines?: KeptLine[], news?: string): Promise<void>;
  cartPage?(): Promise<Document>;
  rulesReady?: Promise<void>;
  orderOf?(lines: KeptLine[]): Promise<{ found: Sums; costs: number[]; tax: string; arrives: string }>;
  textOf?(lines: KeptLine[], found: Sums, contact?: string[]): { subject: string; text: string };
  cartNews?(variantsOf: (page: string) => Promise<any[]>): Promise<string>;
  otherCarts?(): OtherCart[];
  cartMarket?(variantsOf: (page: string) => Promise<any[]>): Promise<string>;
  enlarge?(zoom: HTMLDialogElement, link: HTMLAnchorElement): void;
  press?(buy: Buy, box: HTMLElement): void;
  showMethods?(box: any, variant: any): void;
  provider?: { press(buy: Buy, box: HTMLElement): Promise<void>; open(): Promise<void> };
  buttons?: Record<string, (data: any, place: HTMLElement) => void>;
  Index?: any;
  parts?(text: string): string[];
  wordsOf?(text: string): string[];
}

declare global {
  interface Window {
    storegen: Storegen;
    // Scripts of providers
    Paddle: any;
    Snipcart: any;
  }
  // A script finds the elements of its template, and uses "?." for optional ones.
  interface ParentNode {
    querySelector(selectors: string): any;
    querySelectorAll(selectors: string): NodeListOf<any>;
  }
  interface Document {
    getElementById(id: string): any;
  }
  interface Element {
    closest(selectors: string): any;
  }
  // The target of an event is an element.
  interface EventTarget {
    closest(selectors: string): any;
    matches: any;
  }
}
