// The consent panel and the footer's button that reopens it. It takes no focus and covers only a corner.
const KEPT = 180 * 86400000;
const panel = document.querySelector("section.consent");
const opener = document.querySelector("[data-part=privacy]");

function show(open) {
  panel.hidden = !open;
  const root = document.documentElement;
  root.classList.toggle("has-consent", open);
  root.style.setProperty("--notice", `${panel.offsetHeight}px`);
}

function mark() {
  for (const button of panel.querySelectorAll("[data-answer]"))
    button.setAttribute("aria-pressed", String(answer() === button.dataset.answer));
}

// After opening the panel from the footer, the focus returns to the footer.
function close() {
  const inside = panel.contains(document.activeElement);
  show(false);
  if (inside) (opener ?? document.querySelector("main")).focus({ preventScroll: true });
}

// Delete a tool's cookies on this host and its parent domains: www.shop.example sets cookies for shop.example.
function forget(beginnings) {
  const names = document.cookie.split(/; */).map((pair) => pair.split("=")[0]);
  const hosts = location.hostname.split(".").map((_, place, parts) => parts.slice(place).join("."));
  for (const name of names.filter((each) => beginnings.some((start) => each.startsWith(start))))
    for (const host of ["", ...hosts.map((each) => `;domain=${each}`)])
      document.cookie = `${name}=;path=/;max-age=0${host}`;
}

// Reload the page without the tools. Some tools send data when a page closes, or are still loading. Until the
// reload, a content-security policy blocks all requests.
function stop() {
  noted.length = 0;
  for (const tool of running.values()) tool.stop?.();
  for (const { cookies = [] } of TOOLS) forget(cookies);
  if (!running.size) return;
  const policy = { httpEquiv: "Content-Security-Policy", content: "default-src 'none'" };
  document.head.append(Object.assign(document.createElement("meta"), policy));
  location.reload();
}

function choose(value) {
  said = value;
  storage.write(KEY, { answer: value, until: Date.now() + KEPT });
  if (value === "yes") start();
  else stop();
}

panel.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-answer]");
  if (!button) return;
  close();
  choose(button.dataset.answer);
});
panel.addEventListener("keydown", ({ key }) => key === "Escape" && answer() && close());
opener?.addEventListener("click", () => {
  mark();
  show(true);
  panel.querySelector("[tabindex]").focus();
});

// Apply an answer from another tab, also on pages restored from the back/forward cache.
function follow() {
  const before = answer();
  said = recall();
  if (answer() === before) return;
  show(!answer());
  if (answer() === "yes") start();
  else stop();
}

addEventListener("storage", follow);
addEventListener("pageshow", ({ persisted }) => persisted && follow());
mark();
show(!answer());
