const { cart, word, open } = window.storegen;

class OfferCode extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => {
      cart.keep({ code: this.dataset.code });
      const toast = document.querySelector("short-toast");
      toast?.say(word("code_kept"), { act: word("see_cart"), run: () => open(document.getElementById("cart")) });
    });
  }
}

customElements.define("offer-code", OfferCode);
