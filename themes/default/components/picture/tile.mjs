/**
 * The tile with a name that is shown in place of a picture: if a product has none, or if it can't be loaded.
 * @param {string} name @param {string} className
 */
export function tile(name, className = "") {
  const words = document.createElement("span");
  const place = document.createElement("span");
  words.className = "picture__name";
  words.textContent = name;
  place.className = `picture picture--none ${className}`;
  place.append(words);
  return place;
}
