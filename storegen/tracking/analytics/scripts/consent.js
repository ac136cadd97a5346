// The question, and the way back to it from the foot. It takes no focus by itself and covers no more than a corner.
const KEPT = 180 * 86400000;
const panel = document.querySelector("section.consent");
const opener = document.querySelector("[data-part=privacy]");

function show(open) {
  panel.hidden = !open;
  document.documentElement.classList.toggle("has-consent", open);
}

function mark() {
  for (const button of panel.querySelectorAll("[data-answer]"))
    button.setAttribute("aria-pressed", String(answer() === button.dataset.answer));
}

// Who opened it from the foot is brought to it and back.
function close() {
  const inside = panel.contains(document.activeElement);
  show(false);
  if (inside) (opener ?? document.querySelector("main")).focus({ preventScroll: true });
}

// What a tool set on this host, on the host above it too: www.shop.example sets cookies for shop.example.
function forget(beginnings) {
  const names = document.cookie.split(/; */).map((pair) => pair.split("=")[0]);
  const hosts = location.hostname.split(".").map((_, place, parts) => parts.slice(place).join("."));
  for (const name of names.filter((each) => beginnings.some((start) => each.startsWith(start))))
    for (const host of ["", ...hosts.map((each) => `;domain=${each}`)])
      document.cookie = `${name}=;path=/;max-age=0${host}`;
}

// The page comes anew without the tools. Some send as a page goes, or are still on their way; a policy that allows
// nothing holds for all that is left of this one.
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

// An answer in one tab holds in all, and on pages that the browser kept for the way back.
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
