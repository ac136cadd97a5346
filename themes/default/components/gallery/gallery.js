const { load } = window.storegen;
let large;

class ProductGallery extends HTMLElement {
  connectedCallback() {
    this.track = this.querySelector(".gallery__track");
    this.zoom = this.querySelector(".zoom");
    this.jumps = [...this.querySelectorAll(".gallery__jump")];
    if (!this.track) return;
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries)
          if (entry.isIntersecting) this.mark([...this.track.children].indexOf(entry.target));
      },
      { root: this.track, threshold: 0.6 },
    );
    for (const slide of this.track.children) seen.observe(slide);
    this.addEventListener("click", (event) => this.press(event));
  }

  show(index) {
    const slide = this.track?.children[index];
    if (slide) this.track.scrollTo({ left: slide.offsetLeft - this.track.firstElementChild.offsetLeft });
  }

  mark(index) {
    this.jumps.forEach((jump, place) => (jump.ariaCurrent = place === index ? "true" : null));
    const jump = this.jumps[index];
    if (jump) jump.closest("ol").scrollLeft = jump.offsetLeft - jump.clientWidth;
    const number = this.querySelector("[data-part=number]");
    if (number) number.textContent = index + 1;
  }

  press(event) {
    const index = this.jumps.indexOf(event.target.closest(".gallery__jump"));
    if (index < 0) return this.enlarge(event);
    event.preventDefault();
    this.show(index);
  }

  // The large view is loaded at the first click on a picture. If that fails, the link to the picture is opened.
  enlarge(event) {
    const link = event.target.closest(".gallery__open");
    if (!link || !this.zoom.showModal || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    large ??= load(this.zoom.dataset.script);
    large.then(() => window.storegen.enlarge(this.zoom, link)).catch(() => location.assign(link.href));
  }
}

customElements.define("product-gallery", ProductGallery);
