// A click elsewhere, or Escape, closes the list.
for (const name of ["click", "keydown"])
  addEventListener(
    name,
    /** @param {any} event */ ({ target, key }) => {
      const list = document.querySelector(".language[open]");
      if (!list || (key ? key !== "Escape" : list.contains(target))) return;
      list.open = false;
      if (key) list.querySelector("summary").focus();
    },
  );
