// The choice on a lead page, and the page after its form: it opens the answer to the choice, and closes the others.
const { storage } = window.storegen;

class LandingReplies extends HTMLElement {
  connectedCallback() {
    const all = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (this.querySelectorAll("details"))];
    const chosen = storage.read("storegen.answer", "sessionStorage");
    const own = all.find(({ dataset }) => dataset.choice === chosen);
    if (!own) return;
    for (const each of all) each.open = each === own;
    this.prepend(own);
  }
}

customElements.define("landing-replies", LandingReplies);

document.addEventListener("change", ({ target }) => {
  const { choice } = /** @type {HTMLInputElement} */ (target).dataset;
  if (choice) storage.write("storegen.answer", /** @type {HTMLInputElement} */ (target).value, "sessionStorage");
});
