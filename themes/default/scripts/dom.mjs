// Elements without a template.

/** @param {string} tag @param {string} [kind] @param {...any} children those that are there, such as texts and elements */
export function element(tag, kind, ...children) {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...children.filter((child) => child || child === 0));
  return made;
}

/** @template {Element} E @param {E} made @param {Record<string, any>} attributes @returns {E} */
export function set(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** @param {string} kind @param {string} href @param {...any} children */
export const link = (kind, href, ...children) => set(element("a", kind, ...children), { href });
