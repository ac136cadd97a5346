// A picture that can't be loaded is replaced by a tile with its name, as for a product without a picture. The tile is
// empty if the name stands beside it.
import { tile } from "./tile.mjs";

window.storegen.replace = (image) => {
  if (image.closest(".product-card__second")) image.parentElement.remove();
  const name = image.dataset.name ?? image.alt;
  if (!image.matches("main img, dialog img")) return;
  const made = tile(name, [...image.classList].filter((each) => each !== "picture").join(" "));
  made.setAttribute(image.alt ? "role" : "aria-hidden", image.alt ? "img" : "true");
  if (image.alt) made.ariaLabel = image.alt;
  const track = image.closest(".gallery__track");
  (image.closest(".gallery__open") ?? image).replaceWith(made);
  if (track && !track.querySelector("a")) track.tabIndex = 0; // or the keyboard can't scroll it
};
