// The large view of the gallery's pictures, loaded at the first click on one.
const { open } = window.storegen;

window.storegen.enlarge = (zoom, link) => {
  if (!zoom.onclose) {
    zoom.onclose = () => zoom.querySelector("img")?.remove();
    zoom.addEventListener("click", ({ target }) => {
      if (target.matches("img")) zoom.classList.toggle("zoom--near");
      else if (target === zoom) zoom.close();
    });
  }
  const small = link.querySelector("img");
  const large = new Image(small.width, small.height);
  Object.assign(large, { src: link.href, alt: small.alt, className: "zoom__picture" });
  zoom.classList.remove("zoom--near");
  zoom.append(large);
  open(zoom);
};
