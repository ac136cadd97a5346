// Players on other hosts: each is loaded in the place of its picture when the visitor presses it, never earlier.
document.addEventListener("click", (event) => {
  const link = /** @type {any} */ (event.target).closest("a[data-player]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const { player, title } = link.dataset;
  const frame = Object.assign(document.createElement("iframe"), { className: "video__player", src: player, title });
  Object.assign(frame, { allow: "autoplay; fullscreen; picture-in-picture", allowFullscreen: true });
  // Without an origin, YouTube refuses to play.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(frame);
  frame.focus();
});
