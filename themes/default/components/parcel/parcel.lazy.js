// The page that identifies the carrier of a tracking number and links to its page.
import { addressOf, clean, meant, misread, recognise } from "./recognising.mjs";

const { fill } = window.storegen;

const grouped = (number) =>
  /^[A-Z]{2}\d{9}[A-Z]{2}$/.test(number)
    ? number.replace(/\D\D|\d{3}/g, "$& ")
    : number.replace(/[^-]{4}(?=..)/g, "$& ");

class ParcelFinder extends HTMLElement {
  connectedCallback() {
    this.parts = {};
    for (const each of this.querySelectorAll("[data-part]")) this.parts[each.dataset.part] = each;
    const { carriers, words } = JSON.parse(this.parts.data.textContent);
    this.carriers = carriers;
    this.words = words;
    const { form, number, copy } = this.parts;
    number.addEventListener("input", ({ inputType }) => this.show(inputType === "insertFromPaste"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show(true);
      if (!this.parts.found.hidden) this.parts.open.focus();
    });
    copy.addEventListener("click", () => this.copy());
    addEventListener("hashchange", () => this.prefill());
    this.prefill();
  }

  // Links in mails contain the number: #n=… is not sent to the server, ?n=… works too. The number is removed from the
  // address at once, so that analytics tools don't read it.
  prefill() {
    const query = new URLSearchParams(location.search);
    const given = new URLSearchParams(location.hash.slice(1)).get("n") ?? query.get("n");
    if (!given) return;
    query.delete("n");
    history.replaceState(null, "", location.pathname + `?${query}`.replace(/\?$/, ""));
    this.parts.number.value = given.slice(0, this.parts.number.maxLength);
    this.show(true);
  }

  // While the visitor is typing, an incomplete number shows no error, and a number among words isn't extracted yet.
  show(done = false) {
    const typed = this.parts.number.value;
    const text = done ? meant(typed, this.carriers) : typed;
    const found = recognise(text, this.carriers);
    this.parts.found.hidden = !found.length;
    this.parts.wrong.hidden = Boolean(found.length) || !done || !typed.trim();
    this.parts.idle.hidden = !(this.parts.found.hidden && this.parts.wrong.hidden);
    this.parts["copy-text"].textContent = this.words.copy;
    if (found.length) this.showFound(found);
    else if (!this.parts.wrong.hidden) this.showWrong(text);
    const { said, title, "wrong-title": wrong } = this.parts;
    said.textContent = found.length ? title.textContent : this.parts.wrong.hidden ? "" : wrong.textContent;
  }

  showFound(found) {
    const [{ carrier, number, proven }] = found;
    const { title, shown, open, paste, others } = this.parts;
    this.number = number;
    title.textContent = fill(this.words[carrier.fallback ? "abroad" : proven ? "is" : "may"], carrier);
    shown.textContent = grouped(number);
    open.href = addressOf(carrier, number);
    this.parts["open-text"].textContent = fill(this.words.open, carrier);
    paste.hidden = Boolean(carrier.link);
    paste.textContent = fill(this.words.paste, carrier);
    const rest = [...new Set([...found.map((each) => each.carrier), ...this.carriers])].slice(1);
    this.list(others, fill(this.words.other, carrier), rest, number);
  }

  showWrong(text) {
    const number = clean(text);
    const near = misread(text, this.carriers);
    const kind = near.length ? "digit" : number ? "unknown" : "none";
    const values = { name: near.map(({ name }) => name).join(", ") };
    this.parts["wrong-title"].textContent = fill(this.words[`${kind}_title`], values);
    this.parts["wrong-text"].textContent = fill(this.words[`${kind}_text`], values);
    this.list(this.parts.anyway, this.words.anyway, number ? [...new Set([...near, ...this.carriers])] : [], number);
  }

  list(place, label, carriers, number) {
    place.hidden = !carriers.length;
    place.replaceChildren(`${label} `);
    for (const carrier of carriers) {
      const link = document.createElement("a");
      Object.assign(link, { href: addressOf(carrier, number), rel: "noreferrer noopener", textContent: carrier.name });
      place.append(link);
    }
  }

  async copy() {
    let done = this.words.copied;
    try {
      await navigator.clipboard.writeText(this.number);
    } catch {
      getSelection().selectAllChildren(this.parts.shown);
      done = this.words.marked;
    }
    this.parts["copy-text"].textContent = done;
  }
}

customElements.define("parcel-finder", ParcelFinder);
