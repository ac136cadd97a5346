// Only a visit that a campaign brought needs what puts its words into payment links. Until that is there, a press on such
// a link waits, the next one does not.
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
