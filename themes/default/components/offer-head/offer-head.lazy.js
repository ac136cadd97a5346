const { cart, storage, word, open, say } = window.storegen;

// An offer for those who have just ordered has a time of its own on this device, which the page after the order began.
const bought = document.querySelector(".offer-head [data-after]");
if (bought && !(storage.read("storegen.after")?.[bought.dataset.after] > Date.now()))
  bought.replaceChildren(bought.querySelector("template").content);

class OfferCode extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => {
      cart.keep({ code: this.dataset.code });
      say(word("code_kept"), { act: word("see_cart"), run: () => open(document.getElementById("cart")) });
    });
  }
}

customElements.define("offer-code", OfferCode);
