const { open } = window.storegen;

class ProductGallery extends HTMLElement {
  connectedCallback() {
    this.track = this.querySelector(".gallery__track");
    this.zoom = this.querySelector(".zoom");
    this.jumps = [...this.querySelectorAll(".gallery__jump")];
    if (!this.track) return;
    this.jumps.forEach((jump, index) =>
      jump.addEventListener("click", (event) => {
        event.preventDefault();
        this.show(index);
      }),
    );
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries)
          if (entry.isIntersecting) this.mark([...this.track.children].indexOf(entry.target));
      },
      { root: this.track, threshold: 0.6 },
    );
    for (const slide of this.track.children) seen.observe(slide);
    this.track.addEventListener("click", (event) => this.enlarge(event));
    this.zoom.addEventListener("click", ({ target }) => {
      if (target.matches("img")) this.zoom.classList.toggle("zoom--near");
      else if (target === this.zoom) this.zoom.close();
    });
    this.zoom.addEventListener("close", () => this.zoom.querySelector("img")?.remove());
  }

  show(index) {
    if (this.track?.children[index]) this.track.scrollTo({ left: this.track.clientWidth * index });
  }

  mark(index) {
    this.jumps.forEach((jump, place) =>
      place === index ? jump.setAttribute("aria-current", "true") : jump.removeAttribute("aria-current"),
    );
    const number = this.querySelector("[data-part=number]");
    if (number) number.textContent = index + 1;
  }

  enlarge(event) {
    const link = event.target.closest("a");
    if (!link || !this.zoom.showModal || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const small = link.querySelector("img");
    const large = Object.assign(new Image(small.width, small.height), {
      src: link.href,
      alt: small.alt,
      className: "zoom__picture",
    });
    this.zoom.classList.remove("zoom--near");
    this.zoom.append(large);
    open(this.zoom);
  }
}

customElements.define("product-gallery", ProductGallery);
