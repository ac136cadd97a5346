const { load } = window.storegen;
let loading;

// What finds comes when somebody goes to the field, or is on the search page: first what the last one needs.
async function get(files) {
  await Promise.all(files.slice(0, 2).map(load));
  await load(files[2]);
}

function start(box) {
  if (box) loading ??= get(box.dataset.files.split(" "));
  loading?.catch(() => (loading = undefined));
}

document.addEventListener("focusin", ({ target }) => start(target.closest("search-box")));
start(document.querySelector("search-box[data-page]"));
