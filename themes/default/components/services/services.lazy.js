// The services on a product's page: what is chosen, what is missing, and the price with them. Loaded where there are any.
import { textFits } from "./service-text.mjs";

const { minor, money, word, loadCart } = window.storegen;
const box = document.querySelector("product-buy");
const part = box.find("services");
const ticks = [...part.querySelectorAll("[data-service]")];
const fieldOf = ({ dataset }) => document.getElementById(`service-${dataset.service}`);
const chosen = () => ticks.filter(({ checked }) => checked);
const fold = part.querySelector("details");
const unfold = () => fold && (fold.open = true);

// Show what is wrong with a field below it.
function tell(field, text) {
  const id = `${field.id}-error`;
  if (!document.getElementById(id)) {
    const made = Object.assign(document.createElement("span"), { id, className: "services__error", role: "alert" });
    field.after(made);
    field.setAttribute("aria-describedby", id);
  }
  document.getElementById(id).textContent = text;
  if (text) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

// What is wrong with a service's text, empty if nothing is.
function faultOf(tick) {
  const field = fieldOf(tick);
  if (!field) return "";
  const text = field.value.trim();
  const service = {
    writes: true,
    limit: field.maxLength,
    allowed: field.pattern,
    optional: !("needs" in tick.dataset),
  };
  return textFits(service, text) ? "" : word(text ? "service_wrong" : "service_needed");
}

const sumOf = (price) => chosen().reduce((sum, { value }) => sum + Number(value.split(":")[2]), minor(price));

box.services = {
  // The services for a line of the cart, undefined if none is chosen.
  get chosen() {
    const found = chosen().map((tick) => {
      const text = fieldOf(tick)?.value.trim();
      return { id: tick.dataset.service, ...(text && { text }) };
    });
    return found.length ? found : undefined;
  },

  // The least and the most working days that they add.
  get days() {
    const days = chosen().map(({ dataset }) => (dataset.days ?? "0 0").split(" ").map(Number));
    return [0, 1].map((place) => days.reduce((sum, each) => sum + each[place], 0));
  },

  // Whether a text is missing or can't be taken. The first one gets the focus.
  missing() {
    const wrong = chosen().filter((tick) => {
      const fault = faultOf(tick);
      if (fieldOf(tick)) tell(fieldOf(tick), fault);
      return fault;
    });
    if (wrong.length) {
      unfold();
      fieldOf(wrong[0]).focus();
    }
    return wrong.length > 0;
  },

  // Providers that calculate the total know no services: with one, only the ways that open the order sheet are shown.
  show(variant) {
    const any = chosen().length > 0;
    const price = any && variant?.price.now;
    const sum = price ? word("service_sum", { price: money(sumOf(price), price.currency) }) : "";
    if (box.find("services-sum").textContent !== sum) box.write("services-sum", sum);
    for (const name of ["now", "bar-now"])
      box.find(name)?.toggleAttribute("hidden", any && !("sheet" in box.find(name).dataset));
    for (const link of box.querySelectorAll("[data-method]")) if (any && !("sheet" in link.dataset)) link.hidden = true;
  },
};

// The browser may have kept what was ticked.
if (chosen().length) unfold();

part.addEventListener("input", ({ target }) => target.hasAttribute("aria-invalid") && tell(target, ""));
// The texts come with the cart.
Promise.resolve(loadCart()).then(() => box.update(false));
