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
    this.find("failed").textContent = "";
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

  async send() {
    const { to, fetched, subject, words } = this.data;
    const language = shop.language === "en" ? "en-GB" : shop.language;
    const date = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long" }).format(new Date());
    const email = this.form.querySelector("[type=email]").value.trim();
    this.find("text").value = this.text(date);
    if (to) {
      const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(this.text(date))}`;
      location.href = `mailto:${to}?${query}`;
      this.done(words.mail_title, fill(words.mail, { email: to }));
      return;
    }
    if (!fetched) {
      this.form.submit(); // the service answers with a page
      return;
    }
    try {
      const answer = await fetch(this.form.action, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(answer.statusText);
      this.done(words.sent_title, fill(words.date, { date, email }));
    } catch {
      this.find("failed").textContent = words.failed;
    }
  }

  done(title, text) {
    this.find("done-title").textContent = title;
    this.find("done-text").textContent = text;
    this.step("done");
  }
}

customElements.define("withdrawal-form", WithdrawalForm);
