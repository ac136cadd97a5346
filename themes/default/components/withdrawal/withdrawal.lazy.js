// The withdrawal function: the statement is checked, reviewed and then sent, to a form service or as an e-mail.
const { fill, shop } = window.storegen;

class WithdrawalForm extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(this.find("data").textContent);
    this.form = this.find("form");
    this.find("confirm").hidden = true;
    this.find("open").addEventListener("click", (event) => {
      event.preventDefault();
      if (this.form.reportValidity()) this.review();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.find("confirm").hidden) {
        if (this.form.reportValidity()) this.review();
      } else this.send();
    });
    this.find("edit").addEventListener("click", () => this.step("fields"));
    this.find("copy").addEventListener("click", async ({ target }) => {
      await navigator.clipboard.writeText(this.find("text").value).catch(() => this.find("text").select());
      target.textContent = this.data.words.copied;
    });
  }

  find(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  // Show one of the steps, and move the focus to its title.
  step(name) {
    for (const each of ["fields", "confirm", "done"]) this.find(each).hidden = each !== name;
    this.find({ confirm: "review", done: "done-title" }[name] ?? "open").focus({ preventScroll: name === "fields" });
  }

  // What was filled in, as pairs of a label and a value.
  said() {
    const fields = [...this.form.querySelectorAll("input, textarea")].filter(
      (field) => field.type !== "hidden" && !("trap" in field.dataset) && field.value.trim(),
    );
    return fields.map((field) => [field.labels[0].firstChild.textContent.trim(), field.value.trim()]);
  }

  review() {
    const rows = this.said().map(([label, value]) => {
      const row = document.createElement("div");
      for (const [tag, text] of [
        ["dt", label],
        ["dd", value],
      ])
        row.append(Object.assign(document.createElement(tag), { textContent: text }));
      return row;
    });
    this.find("said").replaceChildren(...rows);
    this.step("confirm");
  }

  text(date) {
    const lines = this.said().map(([label, value]) => `${label}: ${value}`);
    return [this.form.elements.statement.value, "", ...lines, "", date].join("\n");
  }

  // A service answers with a page of its own, or with the page after the form.
  send() {
    const { to, subject, words } = this.data;
    if (!to) {
      this.form.submit();
      return;
    }
    const language = shop.language === "en" ? "en-GB" : shop.language;
    const date = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long" }).format(new Date());
    const text = this.text(date);
    this.find("text").value = text;
    location.href = `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
    this.find("done-text").textContent = fill(words.mail, { email: to });
    this.step("done");
  }
}

customElements.define("withdrawal-form", WithdrawalForm);
