const { load } = window.storegen;
let loading;

// What finds comes when somebody goes to the field, or is on the search page: first what the first one needs.
function start(box) {
  if (!box) return;
  const [last, ...first] = box.dataset.files.split(" ");
  loading ??= Promise.all(first.map(load))
    .then(() => load(last))
    .catch(() => (loading = undefined));
}

document.addEventListener("focusin", ({ target }) => start(target.closest("search-box")));
start(document.querySelector("search-box[data-page]"));
