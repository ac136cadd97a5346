// What makes a provider's own buttons and carts comes when somebody presses one.
const { shop, word, load } = window.storegen;
let loading;

function run(name, ...given) {
  loading ??= load("static:provider.js");
  loading
    .then(() => window.storegen.provider[name](...given))
    .catch(() => {
      loading = undefined;
      document.querySelector("short-toast")?.say(word("offline"));
    });
}

window.storegen.press = (...given) => run("press", ...given);
document.addEventListener("click", (event) => {
  if (shop.cart?.provider !== "snipcart" || !event.target.closest("[data-opens=cart]")) return;
  event.preventDefault();
  run("open");
});
