const { load } = window.storegen;
let loading;

// Load the search when the visitor focuses a field, or at once on the search page.
function start(box) {
  if (!box) return;
  const [last, ...first] = box.dataset.files.split(" ");
  loading ??= Promise.all(first.map(load))
    .then(() => load(last))
    .catch(() => (loading = wait(false)));
}

document.addEventListener("focusin", ({ target }) => start(target.closest("search-box")));
const page = document.querySelector("search-box[data-page]");
// What the search page shows without a query is hidden until its results are there.
const wait = (on) => void document.getElementById("found")?.classList.toggle("is-waiting", on);
if (page && location.search) wait(true);
start(page);
