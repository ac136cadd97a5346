// Products that the visitor saved or viewed: the addresses of their pages, the last one first. They stay in this browser.
const { load, storage } = window.storegen;
const SAVED = "storegen.saved";
const VIEWED = "storegen.viewed";
const MOST = 9; // viewed: this page and two rows
const here = location.pathname;
const button = document.querySelector(".save button");
const viewed = document.getElementById("viewed");
const kept = (key) => [storage.read(key) ?? []].flat();
const others = (key) => kept(key).filter((each) => each !== here);
const show = () => (button.ariaPressed = kept(SAVED).includes(here));

if (button) {
  show();
  button.addEventListener("click", () => {
    storage.write(SAVED, kept(SAVED).includes(here) ? others(SAVED) : [here, ...others(SAVED)]);
    show();
  });
  storage.write(VIEWED, [here, ...others(VIEWED)].slice(0, MOST));
  const near = new IntersectionObserver(
    ([{ isIntersecting }]) => {
      if (!isIntersecting || !others(VIEWED)[0]) return;
      near.disconnect();
      viewed.dataset.files.split(" ").map(load);
    },
    { rootMargin: "600px" },
  );
  near.observe(viewed);
}
