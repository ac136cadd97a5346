const { load } = window.storegen;
let loading;

// Load the search when the visitor focuses a field, or at once on the search page.
function start(box) {
  if (!box) return;
  const [last, ...first] = box.dataset.files.split(" ");
  loading ??= Promise.all(first.map(load))
    .then(() => load(last))
    .catch(() => (loading = undefined));
}

document.addEventListener("focusin", ({ target }) => start(target.closest("search-box")));
start(document.querySelector("search-box[data-page]"));
