// The script for providers' buttons and carts is loaded at the first click on one.
const { shop, word, load, say } = window.storegen;
let loading;

function run(name, ...given) {
  loading ??= load("static:provider.js");
  loading
    .then(() => window.storegen.provider[name](...given))
    .catch(() => {
      loading = undefined;
      say(word("offline"));
    });
}

window.storegen.press = (...given) => run("press", ...given);
document.addEventListener("click", (event) => {
  if (shop.cart?.provider !== "snipcart" || !event.target.closest("[data-opens=cart]")) return;
  event.preventDefault();
  run("open");
});
