addEventListener("click", ({ target }) => {
  const open = document.querySelector(".language[open]");
  if (open && !open.contains(target)) open.open = false;
});
addEventListener("keydown", ({ key }) => {
  const open = key === "Escape" && document.querySelector(".language[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
