/** Types for the type checker: the data that the build writes into the function, and what its parts pass to each other. */

import type { ChargeLine, ChosenService, Line, Method, Rules } from "../../../../themes/default/scripts/types";

/** The texts of the pages that the function shows itself. */
export type Words = Record<"refused" | "changed" | "service" | "later" | "unpaid" | "back" | "details" | "go", string> & {
  labels: Buyer & { total: string };
};

/** A language of the shop. Addresses are paths. *locale* is the language of the payment page. */
export interface Language {
  market: string;
  home: string;
  cart: string;
  thanks: string;
  locale: string;
  words: Words;
  rules: Rules & { tax_rate?: string };
}

/** A market and the units of the payment service, as in storegen/checkout/service_units.py. */
export interface Market {
  currency: string;
  step: number;
  units: number;
  digits: number;
}

/** *shop* is the origin of the shop; *origin* is that of the function, empty if it is the same. */
export interface Settings {
  build: string;
  path: string;
  shop: string;
  origin: string;
  name: string;
  styles: string[];
  languages: Record<string, Language>;
  markets: Record<string, Market>;
  /** The SHA-256 of each part of a price list that is too long for the module. */
  parts?: string[];
}

/** A line of an order as a form sends it. *shown* is the price of a piece that the page showed, if the line says it. */
export interface Ordered {
  sku: string;
  count: number;
  shown?: number;
  services: (ChosenService & { text: string; price: number })[];
}

/**
 * What a line has beside article number and texts. *left* is the number in stock, if it is known, *offered* are the
 * services that go with it. A number as *then* is a later price.
 */
export type LineData = Omit<Partial<Line>, "then"> & {
  left?: number;
  offered?: string[];
  then?: Line["then"] | number;
};

/** A variant is its article number, with the data that not all variants of the product share. */
export type Variant = string | [sku: string, more: LineData];

export interface Product extends LineData {
  id: string;
  variants: Variant[];
}

/** The prices of a market. *texts* has for each language and product: its name, and the choice of each variant. */
export interface PriceList {
  products: Product[];
  texts: Record<string, (string[] | 0)[]>;
}

/** By market. */
export type Prices = Record<string, PriceList>;

export type Found = Omit<Line, "services"> & { left?: number; offered?: string[]; services: Ordered["services"] };

/** The secrets of the function's environment by name; an absent one is an empty text. */
export type Secrets = (name: string) => string;

/** Who buys, for services that don't ask the buyer themselves. *phone* may be empty, and the address of a download. */
export type Buyer = Record<"name" | "email" | "phone" | "street" | "postcode" | "city", string>;

/** A row with its tax rate in percent, empty if the shop states none. */
export type PaymentLine = ChargeLine & { tax: string };

/** An order that a buyer returns with. *decimal* is the total as a text. */
export interface Returned {
  id: string;
  total: number;
  decimal: string;
  currency: string;
  country: string;
}

/** What a payment service is asked for. Amounts are in the service's own units; *decimal* writes one as a text. */
export interface Payment {
  lines: PaymentLine[];
  /** Absent if nothing is sent. */
  delivery?: { name: string; amount: number; days?: Method["days"] };
  total: number;
  currency: string;
  decimal(amount: number): string;
  locale: string;
  /** The country of delivery, empty if nothing is sent. */
  country: string;
  /** Absolute addresses. */
  success: string;
  cancel: string;
  back: string;
  /** Until when the payment page may stay open, in milliseconds; 0 for the service's default. */
  until: number;
  id: string;
  now: number;
  notes: Record<string, string>;
  buyer?: Buyer;
  /** The usual tax rate. */
  tax: string;
}

export interface Tools {
  secret: Secrets;
  /** Send a request, and return the answer's JSON. Throws ServiceError for anything but success. */
  ask(url: string, init: RequestInit): Promise<any>;
}

export type Mode = "live" | "test" | "none";

export interface Service {
  name: string;
  /** The most rows of a payment. */
  most: number;
  mode(secret: Secrets): Mode;
  /** Whether the return needs a signed order, because money moves only then. */
  signed?: boolean;
  /** Whether the shop has to ask for the buyer's name and address. */
  asks?: boolean;
  /** Open a payment, and return the address of its page. */
  start(payment: Payment, tools: Tools): Promise<string>;
  /** Whether the returning buyer has paid; the second call of services that need one. */
  finish?(query: URLSearchParams, order: Returned, tools: Tools): Promise<boolean>;
}

export interface Shop {
  settings: Settings;
  prices: Prices;
  service: Service;
}

/** What a host gives to the function beside the request. */
export interface Surroundings {
  secret: Secrets;
  /** Read a file of the shop. */
  read(path: string): Promise<Response>;
}
