// Players and chats on other hosts: each is loaded in the place of its link when the visitor presses it, never earlier.
document.addEventListener("click", (event) => {
  const link = /** @type {any} */ (event.target).closest("a[data-player]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const { player, title, frame: className = "video__player" } = link.dataset;
  const frame = Object.assign(document.createElement("iframe"), { className, src: player, title });
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  // Without an origin, YouTube refuses to play.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(frame);
  frame.focus();
});
