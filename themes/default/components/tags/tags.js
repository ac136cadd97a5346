// Load the script for campaign parameters only in visits with a campaign. Until it is loaded, the first click on a
// payment link is delayed; a second click isn't.
const { storage, load } = window.storegen;
if (location.search.includes("utm_") || storage.read("storegen.tags", "sessionStorage")) {
  let free = false;
  const coming = load("static:tags.js").catch(() => {});
  coming.then(() => (free = true));
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a");
      if (free || !link?.closest("[data-tags]")) return;
      free = true;
      event.preventDefault();
      event.stopImmediatePropagation();
      coming.then(() => link.click());
    },
    true,
  );
}
