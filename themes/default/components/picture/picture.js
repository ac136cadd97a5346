// A picture that can't be loaded is replaced by a tile with its name, as for a product without a picture.
function tile(name, className) {
  const words = document.createElement("span");
  const place = document.createElement("span");
  words.className = "picture__name";
  words.textContent = name;
  place.className = `picture picture--none ${className}`;
  place.append(words);
  return place;
}

function replace(image) {
  if (image.closest(".product-card__second")) image.parentElement.remove();
  const name = image.dataset.name ?? image.alt;
  if (!name || !image.matches("main img, dialog img")) return;
  const made = tile(name, [...image.classList].filter((each) => each !== "picture").join(" "));
  made.setAttribute(image.alt ? "role" : "aria-hidden", image.alt ? "img" : "true");
  if (image.alt) made.ariaLabel = image.alt;
  (image.closest(".gallery__open") ?? image).replaceWith(made);
}

// The picture of a cart line beside its name, or the tile.
function pictured({ picture, name }) {
  if (!picture) return tile(name, "");
  const image = Object.assign(new Image(92, 92), { src: picture, alt: "" });
  image.dataset.name = name;
  return image;
}

Object.assign(window.storegen, { tile, pictured });
// Errors of pictures don't bubble. Some come before this script.
document.addEventListener("error", ({ target }) => target instanceof HTMLImageElement && replace(target), true);
for (const image of document.querySelectorAll("main img"))
  if (image.complete && image.currentSrc && !image.naturalWidth) replace(image);
