// The services of the cart's lines; loaded in shops that have services, before the cart is shown.
import { withServices } from "../services/services.mjs";

const { money, word } = window.storegen;

window.storegen.cartServices = {
  // Show the services of a line, each with its sum.
  show(line, box, { services, currency }) {
    const items = withServices([line], services)
      .slice(1)
      .map(({ name, price, count }) => {
        const item = document.createElement("li");
        const textContent = price ? money(price * count, currency) : word("delivery_free");
        item.append(name, Object.assign(document.createElement("span"), { textContent }));
        return item;
      });
    box.replaceChildren(...items);
  },

  // The working days that a line's services add.
  days: ({ services: chosen = [] }, { services }) =>
    chosen.reduce((days, { id }) => days + (services[id]?.days?.[1] ?? 0), 0),

  // The services that a product's page offers.
  offered: (page) => [...page.querySelectorAll("product-buy [data-service]")].map(({ dataset }) => dataset.service),
};
