// Send a text by a mail program, a page of a mail service, or by copying; and check what was typed.

const MAIL = /^\S+@\S+\.\S{2,}$/;

// The text can be typed into a message where a link can't contain it.
/** @param {string} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// Open an address: mail programs in this tab, pages in a new one.
/** @param {string} href */
export function visit(href) {
  const link = Object.assign(document.createElement("a"), { href, rel: "noopener" });
  if (!href.startsWith("mailto:")) link.target = "_blank";
  document.body.append(link);
  link.click();
  link.remove();
}

/**
 * Send a text in one way. A text that is too long for a link is copied.
 * @param {{ kind: string, link?: string, longest?: number }} way
 * @param {string} subject
 * @param {string} text with \r\n at the end of each line
 */
export async function sendText({ kind, link = "", longest = 0 }, subject, text) {
  const plain = text.replaceAll("\r\n", "\n");
  /** @param {string} content */
  const filled = (content) =>
    link
      .replaceAll("{subject}", () => encodeURIComponent(subject))
      .replaceAll("{text}", () => encodeURIComponent(kind === "mail" ? content : content.replaceAll("\r\n", "\n")));
  const whole = filled(text);
  const long = Boolean(longest) && whole.length > longest;
  const copies = long || ["copy", "paste"].includes(kind);
  const unread = copies && !(await copied(plain));
  if (kind !== "paste") visit(long ? filled("") : whole);
  return { plain, long, unread };
}

/**
 * Whether a required text is missing, or is no e-mail address.
 * @param {string} value
 * @param {{ needed?: boolean, mail?: boolean }} rules
 * @returns {"missing" | "bad_email" | ""}
 */
export function faultOf(value, { needed = false, mail = false }) {
  const text = value.trim();
  if (!text) return needed ? "missing" : "";
  return mail && !MAIL.test(text) ? "bad_email" : "";
}

/**
 * Show a fault of a field, or none.
 * @param {HTMLElement | null} box
 * @param {string} text
 */
export function showFault(box, text) {
  const place = box?.querySelector(".field__error");
  if (!box || !place) return;
  place.textContent = text;
  for (const input of box.querySelectorAll("input, textarea")) {
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}
