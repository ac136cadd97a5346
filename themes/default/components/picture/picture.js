// The script that replaces pictures is loaded when the first one can't be loaded.
const { load } = window.storegen;
let loading;

async function broken(image) {
  await (loading ??= load("static:picture.js"));
  window.storegen.replace(image);
}

// Errors of pictures don't bubble. Some come before this script.
document.addEventListener("error", ({ target }) => target instanceof HTMLImageElement && broken(target), true);
for (const image of document.querySelectorAll("main img"))
  if (image.complete && image.currentSrc && !image.naturalWidth) broken(image);
