/* Proposes what somebody may be about to type, and counts what was not found.
   The field is a combobox with a list of its own (WAI-ARIA Authoring Practices, "Editable Combobox With List Autocomplete"). */

const PAUSE = 150;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.active = -1;
    this.options = [];
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-list`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.label);
    this.list.hidden = true;
    input.after(this.list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // Before the field loses its focus, or the list would be gone before the click.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("li")));
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.input.value.trim();
    if (text.length < 2) {
      this.close();
      return;
    }
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const url = `${this.input.dataset.suggest}?q=${encodeURIComponent(text)}`;
      const answer = await fetch(url, { signal: this.asked.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (text === this.input.value.trim()) this.show(found);
    } catch {
      this.close();
    }
  }

  show(texts) {
    if (document.activeElement !== this.input) return;
    this.options = texts.map((text, number) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = text;
      return option;
    });
    this.list.replaceChildren(...this.options);
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = !texts.length;
    this.input.setAttribute("aria-expanded", String(Boolean(texts.length)));
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.options = [];
    this.active = -1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.options.length) return;
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    }
  }

  move(step) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    const count = this.options.length;
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count;
    const option = this.options[this.active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(option) {
    if (!option) return;
    this.input.value = option.textContent;
    this.close();
    this.input.form.requestSubmit();
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const suggestions = new Suggestions(input);
  // This script comes when the field is entered; something may have been typed by then.
  if (input === document.activeElement && input.value !== input.defaultValue) suggestions.wait();
}

const missed = document.querySelector("[data-missed]");
if (missed) {
  const body = new FormData();
  body.set("q", missed.dataset.missed);
  navigator.sendBeacon(missed.dataset.missedUrl, body);
}
