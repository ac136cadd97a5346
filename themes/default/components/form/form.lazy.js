// A form: checks the fields, keeps what was typed in this tab, and sends the text of a form that goes by e-mail.
import { faultOf, sendText, showFault } from "../field/send.mjs";

const { fill, storage } = window.storegen;
const SEVERAL = 3; // faults that get a list of their own

class ShopForm extends HTMLElement {
  connectedCallback() {
    if (this.data) return;
    this.data = JSON.parse(this.find("data").textContent);
    this.form = this.find("form");
    this.form.noValidate = true;
    this.form.addEventListener("submit", (event) => this.press(event));
    this.form.addEventListener("input", ({ target }) => this.typed(target));
    this.addEventListener("click", ({ target }) => this.click(target));
    this.restore();
    this.prefill();
  }

  find(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  word(name, values) {
    return fill(this.data.words[name], values);
  }

  get boxes() {
    return [...this.querySelectorAll("[data-field]")];
  }

  // The control of a field: its input, or its group of radio buttons.
  control(box) {
    return this.form.elements[box.querySelector("input, textarea").name];
  }

  get key() {
    return `storegen.form.${this.dataset.kind}`;
  }

  // What was typed is shown again after a way back, but not after the form was sent.
  restore() {
    const kept = storage.read(this.key, "sessionStorage");
    const [came] = performance.getEntriesByType("navigation");
    if (!kept || (kept.sent && /** @type {PerformanceNavigationTiming} */ (came)?.type !== "back_forward")) return;
    for (const box of this.boxes) {
      const value = kept.values?.[box.dataset.field];
      if (typeof value === "string" && value) this.control(box).value = value;
    }
  }

  keep(sent = false) {
    const values = Object.fromEntries(this.boxes.map((box) => [box.dataset.field, this.control(box).value]));
    storage.write(this.key, { values, sent }, "sessionStorage");
  }

  // A link to this page may name a product or an order.
  prefill() {
    const given = new URLSearchParams(location.search);
    const text = given.get("product") ?? given.get("order");
    const box = this.boxes.find((each) => each.dataset.field === this.dataset.prefilled);
    if (!text || !box) return;
    this.control(box).value = text.slice(0, 200);
    this.scrollIntoView();
  }

  typed(target) {
    const box = target.closest("[data-field]");
    if (!box) return;
    showFault(box, "");
    this.keep();
  }

  // Show what is missing, and return whether nothing is.
  complete() {
    const wrong = this.boxes.filter((box) => {
      const input = box.querySelector("input, textarea");
      const fault = faultOf(this.control(box).value, { needed: input.required, mail: input.type === "email" });
      showFault(box, fault && this.word(fault));
      return fault;
    });
    const list = this.find("faults");
    list.hidden = wrong.length < SEVERAL;
    list.replaceChildren(...(list.hidden ? [] : wrong.map((box) => this.faultLink(box))));
    wrong[0]?.querySelector("input, textarea").focus();
    return !wrong.length;
  }

  faultLink(box) {
    const text = box.querySelector(".field__label").firstChild.textContent.trim();
    const input = box.querySelector("input, textarea");
    const link = Object.assign(document.createElement("a"), { href: `#${input.id}`, textContent: text });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input.focus();
    });
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  press(event) {
    if (!this.complete()) {
      event.preventDefault();
      return;
    }
    const { to, subject_field: field, thanks } = this.data;
    this.keep(!to);
    if (to) {
      event.preventDefault();
      this.send(this.data.ways[0]);
      return;
    }
    if (field) this.form.elements[field].value = this.subject;
    this.find("send").setAttribute("aria-busy", "true");
    if (!thanks) return;
    event.preventDefault();
    this.post(thanks);
  }

  // A page that was left by a press comes back as it was.
  ready() {
    this.find("send").removeAttribute("aria-busy");
  }

  get subject() {
    const box = this.boxes.find((each) => each.dataset.field === this.dataset.prefilled);
    const about = box ? this.control(box).value.trim() : "";
    const { subject } = this.data;
    return about ? `${subject}: ${about}` : subject;
  }

  get text() {
    const rows = this.boxes.flatMap((box) => {
      const value = this.control(box).value.trim();
      const label = box.querySelector(".field__label").firstChild.textContent.trim();
      if (!value) return [];
      return box.querySelector("textarea") ? ["", value] : [`${label}: ${value}`];
    });
    return rows.join("\r\n").replace(/\r?\n/g, "\r\n").trim();
  }

  get fields() {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) found.append(name, String(value));
    return found;
  }

  // A service that answers with data gets the form from here. Its answer can't be read on another site.
  async post(thanks) {
    try {
      await fetch(this.form.action, {
        method: "post",
        mode: "no-cors",
        body: this.fields,
      });
      location.assign(thanks);
    } catch {
      this.ready();
      this.keep();
      this.find("failed").textContent = this.word("failed");
    }
  }

  async send(way) {
    const { plain, long, unread } = await sendText(way, this.subject, this.text);
    const { kind, title } = way;
    const values = { name: title, email: this.data.to };
    const paste = kind === "paste";
    this.find("opened").textContent = this.word(
      paste || unread ? "copied_title" : kind === "mail" ? "mail_title" : "web_title",
      values,
    );
    this.find("told").textContent = this.word(
      unread ? "uncopied" : long ? "long" : paste ? "copied" : "opened",
      values,
    );
    if (unread) this.find("opened").textContent = "";
    this.find("text").value = plain;
    this.find("text-box").open = unread;
    this.others(way);
    this.form.hidden = true;
    this.find("sent").hidden = false;
    this.find("opened").focus();
  }

  others(used) {
    const items = this.data.ways
      .filter((way) => way !== used)
      .map((way) => {
        const item = document.createElement("li");
        const text = way.title || this.word(way.kind);
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
        button.className = "button button--line button--small";
        button.dataset.way = way.id;
        item.append(button);
        return item;
      });
    this.find("ways").replaceChildren(...items);
  }

  click(target) {
    const { part, way } = target.closest("button")?.dataset ?? {};
    if (way) this.send(this.data.ways.find(({ id }) => id === way));
    else if (part === "edit") {
      this.find("sent").hidden = true;
      this.form.hidden = false;
      this.find("send").focus();
    }
  }
}

// A page may have several forms, each with this script.
if (!customElements.get("shop-form")) {
  customElements.define("shop-form", ShopForm);
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("shop-form")) form.ready();
  });
}
