// Products that the visitor saved or viewed: the addresses of their pages, the last one first. They stay in this browser.
const { load, storage } = window.storegen;
const VIEWED = 9; // this page and two rows
const here = location.pathname;
const save = document.getElementById("save");
const viewed = document.getElementById("viewed");
const kept = (key) => [storage.read(key) ?? []].flat();
const others = (key) => kept(key).filter((each) => each !== here);

if (save) {
  const [button, link] = /** @type {any} */ (save.children);
  const show = () => {
    button.ariaPressed = kept("storegen.saved").includes(here);
    link.hidden = !kept("storegen.saved")[0];
  };
  button.addEventListener("click", () => {
    const rest = others("storegen.saved");
    storage.write("storegen.saved", button.ariaPressed === "true" ? rest : [here, ...rest]);
    show();
  });
  show();
  storage.write("storegen.viewed", [here, ...others("storegen.viewed")].slice(0, VIEWED));
}
if (viewed && others("storegen.viewed")[0])
  new IntersectionObserver(([{ isIntersecting }], observer) => {
    if (!isIntersecting) return;
    observer.disconnect();
    viewed.dataset.files.split(" ").map(load);
  }, { rootMargin: "600px" }).observe(viewed);
