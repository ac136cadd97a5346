// A link from another page may name a heading without the prefix "t:" of ids in texts.
const aim = new URLSearchParams(location.hash.replace("#", "t:")).keys().next().value;
document.getElementById(aim)?.scrollIntoView();

class TextContents extends HTMLElement {
  connectedCallback() {
    const wide = matchMedia("(min-width: 1024px)");
    const box = this.querySelector("details");
    const open = () => (box.open = wide.matches);
    wide.addEventListener("change", open);
    open();
    this.links = [...this.querySelectorAll("a")];
    this.heads = this.links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const seen = new IntersectionObserver(() => this.mark(), { rootMargin: "0px 0px -70% 0px" });
    for (const head of this.heads) if (head) seen.observe(head);
    addEventListener("scrollend", () => this.mark());
    this.mark();
  }

  mark() {
    let here = 0;
    this.heads.forEach((head, index) => {
      if (head && head.getBoundingClientRect().top < innerHeight * 0.3) here = index;
    });
    this.links.forEach((link, index) =>
      index === here ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"),
    );
  }
}

customElements.define("text-contents", TextContents);
