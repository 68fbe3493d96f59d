// Forms of the casebook: an item is saved when it is left. What could not be sent waits in this tab, says so in words, and is sent
// again by itself; what was refused stays marked until it is right. Words come from the page, never from here.

// Seconds after which it is tried again: sooner at first.
const delays = [5, 10, 20, 30];
const patience = 20_000;

class Sheet {
  // Items that are still to be sent, and those that were sent and refused.
  waiting = new Set();
  refused = new Set();
  isSending = false;
  isSubmitted = false;
  failures = 0;
  timer = null;
  isLeaving = false;

  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-saved]");
    this.words = this.status.dataset;
    // What waits is its reader's: it is sent in the name of nobody else.
    this.key = `unsent ${document.body.dataset.reader} ${location.pathname}`;
    // What the address proposes: it is saved with the first item that is.
    this.proposed = [...new URLSearchParams(location.search).keys()].filter((name) => name.startsWith("v."));
    if (new URLSearchParams(location.search).has("saved")) sessionStorage.removeItem(this.key);
    form.addEventListener("input", (event) => this.withRow(event, (row) => this.keep(row)));
    form.addEventListener("change", (event) => this.withRow(event, (row) => this.changed(row, event.target)));
    form.addEventListener("submit", (event) => this.submit(event));
    form.addEventListener("keydown", (event) => this.withRow(event, (row) => this.showHistory(event, row)));
    addEventListener("online", () => this.send());
    addEventListener("beforeunload", (event) => {
      if (!this.isLeaving && this.waiting.size + this.refused.size > 0) event.preventDefault();
    });
    addEventListener("pageshow", () => { this.isLeaving = false; });
    this.restore();
  }

  withRow(event, act) {
    const row = event.target.closest("[data-item]");
    if (row) act(row);
  }

  // Alt and H: the history of the item that somebody is in. What was typed and not saved yet is kept, as ever.
  showHistory(event, row) {
    if (!event.altKey || event.code !== "KeyH") return;
    event.preventDefault();
    location.assign(`${location.pathname}/history#${row.dataset.item}`);
  }

  row(id) { return this.form.querySelector(`[data-item="${CSS.escape(id)}"]`); }

  // The whole form goes once nothing of it is on its way by itself; without a connection it stays, and what it holds too.
  submit(event) {
    this.isSubmitted = this.waiting.size > 0 || this.isSending;
    this.isLeaving = !this.isSubmitted;
    if (!this.isSubmitted) return;
    event.preventDefault();
    this.send();
  }

  // MARK: what stands in an item

  fields(row) {
    return [...row.querySelectorAll("[name]")].filter((field) => field.type !== "hidden" || field.name.startsWith("u."))
      .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
      .map((field) => [field.name, field.value]);
  }

  read(row) { return this.form.elements[`r.${row.dataset.item}`]?.value ?? "0"; }

  fill(row, fields) {
    for (const field of row.querySelectorAll("[type=radio], [type=checkbox]")) field.checked = false;
    for (const [name, value] of fields) {
      for (const field of row.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (["radio", "checkbox"].includes(field.type)) field.checked = field.value === value;
        else field.value = value;
      }
    }
    this.name(row);
  }

  // What the code of a list stands for, in words beside it.
  name(row) {
    const told = row.querySelector("[data-named]");
    if (!told) return;
    const field = row.querySelector("input[list]");
    told.textContent = [...field.list.options].find((option) => option.value === field.value)?.text ?? "";
  }

  // An earlier answer is corrected with a reason, asked where it is corrected.
  reason(row) {
    const known = row.querySelector("[data-reason]");
    if (known) return known;
    const label = document.createElement("label");
    const input = document.createElement("input");
    label.className = "reason";
    label.append(this.words.reason, input);
    input.type = "text";
    input.autocomplete = "off";
    input.dataset.reason = "";
    row.append(label);
    return input;
  }

  // MARK: what is kept in this tab

  kept() { return JSON.parse(sessionStorage.getItem(this.key) ?? "{}"); }

  store(kept) {
    if (Object.keys(kept).length === 0) sessionStorage.removeItem(this.key);
    else sessionStorage.setItem(this.key, JSON.stringify(kept));
  }

  keep(row) {
    const reason = row.querySelector("[data-reason]")?.value ?? "";
    this.store({ ...this.kept(), [row.dataset.item]: { fields: this.fields(row), read: this.read(row), reason } });
  }

  forget(row) {
    const { [row.dataset.item]: _, ...others } = this.kept();
    this.store(others);
  }

  // What was typed before the page was loaded anew is there again and is sent, unless somebody has answered meanwhile.
  restore() {
    for (const [id, { fields, read, reason }] of Object.entries(this.kept())) {
      const row = this.row(id);
      if (!row) continue;
      const recorded = this.fields(row);
      if (JSON.stringify(recorded) === JSON.stringify(fields)) {
        this.forget(row);
        continue;
      }
      this.fill(row, fields);
      if (reason) this.reason(row).value = reason;
      if (read === this.read(row)) {
        this.waiting.add(id);
      } else {
        const shown = recorded.filter(([name]) => !name.startsWith("u.")).map(([, value]) => value).filter(Boolean).join(" ");
        this.refuse(row, this.words.conflict.replace("{value}", shown || "–"));
      }
    }
    this.send();
  }

  // MARK: sending

  changed(row, field) {
    // A reason alone changes nothing; it lets through what waits for it.
    if ("reason" in field.dataset && !this.refused.has(row.dataset.item)) return;
    if (field.list) this.name(row);
    this.propose();
    this.keep(row);
    this.refused.delete(row.dataset.item);
    this.waiting.add(row.dataset.item);
    this.send();
  }

  propose() {
    for (const name of this.proposed.splice(0)) {
      const row = this.row(name.slice(2));
      if (!row || this.read(row) !== "0" || !this.fields(row).some(([known, value]) => known === name && value)) continue;
      this.keep(row);
      this.waiting.add(row.dataset.item);
    }
  }

  refuse(row, text) {
    this.refused.add(row.dataset.item);
    row.querySelector("[data-fault]").textContent = text;
    if (this.read(row) !== "0") this.reason(row);
  }

  // Sends what waits, one after the other, until nothing waits or it cannot be reached.
  async send() {
    if (this.isSending) return;
    this.isSending = true;
    clearTimeout(this.timer);
    this.tell();
    for (let id; (id = [...this.waiting][0]) !== undefined; this.tell()) {
      const wait = await this.sendItem(this.row(id));
      if (wait === null) continue;
      this.timer = setTimeout(() => this.send(), wait * 1000);
      break;
    }
    this.isSending = false;
    this.tell();
    if (this.isSubmitted && this.waiting.size === 0) this.form.requestSubmit();
  }

  // Returns the seconds after which it is tried again; null where it was answered.
  async sendItem(row) {
    const id = row.dataset.item;
    const sent = this.fields(row);
    const body = new URLSearchParams(sent);
    body.set("_csrf", this.form.elements["_csrf"].value);
    body.set(`r.${id}`, this.read(row));
    const reason = row.querySelector("[data-reason]")?.value ?? "";
    body.set("correction", reason);
    try {
      const answer = await fetch(this.form.dataset.items, { method: "POST", body, signal: AbortSignal.timeout(patience) });
      if (answer.status === 401) {
        // What was typed is kept; it is sent when its person has signed in again.
        this.isLeaving = true;
        document.dispatchEvent(new Event("tandem:ended"));
        return delays.at(-1);
      }
      if (answer.status === 429) return Number(answer.headers.get("Retry-After")) || delays.at(-1);
      const said = await answer.json();
      if (answer.status >= 500) throw new Error(said.detail);
      this.failures = 0;
      document.dispatchEvent(new Event("tandem:found"));
      if (JSON.stringify(this.fields(row)) !== JSON.stringify(sent)) {
        // It was changed while it was sent: what stands there now is sent next.
        if (answer.ok) this.show(said, id);
        return null;
      }
      this.waiting.delete(id);
      if (answer.ok) {
        this.refused.delete(id);
        row.querySelector(".reason")?.remove();
        this.forget(row);
        this.show(said, id);
      } else {
        this.refuse(row, `${said.detail} ${said.remedy}`);
      }
      return null;
    } catch {
      document.dispatchEvent(new Event("tandem:lost"));
      this.failures += 1;
      return delays[Math.min(this.failures, delays.length) - 1];
    }
  }

  // What the rules now make of the form. What was refused keeps what was said of it.
  show(answer, sent) {
    const state = document.querySelector("[data-state]");
    if (state) {
      state.textContent = answer.state;
      state.className = `badge ${answer.tone}`;
    }
    const read = this.form.elements[`r.${sent}`];
    if (read && answer.read[sent] !== undefined) read.value = answer.read[sent];
    for (const row of this.form.querySelectorAll("[data-item]")) {
      const id = row.dataset.item;
      const isHeld = this.refused.has(id) || this.waiting.has(id);
      if (answer.shown && !isHeld) row.hidden = !answer.shown.includes(id);
      if (answer.faults && !isHeld) this.warn(row, answer.faults[id] ?? "", answer.queries?.[id]);
      const missing = row.querySelector("[data-missing]");
      if (missing && answer.open) missing.hidden = !answer.open.includes(id);
      const output = row.querySelector("[data-answer]");
      if (output && answer.calculated?.[id] !== undefined) output.textContent = answer.calculated[id];
    }
  }

  // What a check says of an item, with the way to the query that it raised, by which it is confirmed. The query stands on the page once that is
  // loaded anew. What says so already is left: somebody may be on its link, and it would be read out once more.
  warn(row, text, query) {
    const place = row.querySelector("[data-fault]");
    const way = text && query !== undefined ? this.words.query.replace("{number}", query) : "";
    if (place.textContent.trim() === `${text} ${way}`.trim()) return;
    place.textContent = text;
    if (!way) return;
    const link = document.createElement("a");
    link.href = `?query=${query}#query-${query}`;
    link.textContent = way;
    place.append(" ", link);
  }

  // MARK: what is told

  tell() {
    const counted = (text, count) => text.replace("{count}", count);
    const isHeldUp = this.waiting.size > 0 && (!this.isSending || this.failures > 0);
    const told = [
      isHeldUp ? counted(this.words.unsent, this.waiting.size) : "",
      this.refused.size > 0 ? counted(this.words.refused, this.refused.size) : "",
    ].filter(Boolean);
    const isSettled = this.waiting.size + this.refused.size === 0;
    if (isSettled && this.hasSent) this.status.textContent = this.words.saved;
    else this.status.textContent = told.join(" · ");
    this.hasSent ||= this.waiting.size > 0;
    for (const row of this.form.querySelectorAll("[data-item]")) {
      const isUnsent = isHeldUp && this.waiting.has(row.dataset.item);
      row.classList.toggle("unsaved", isUnsent);
      let mark = row.querySelector(".unsent");
      if (isUnsent && !mark) {
        mark = document.createElement("div");
        mark.className = "unsent";
        mark.textContent = this.words.waits;
        row.append(mark);
      } else if (!isUnsent) {
        mark?.remove();
      }
    }
  }
}

// What a dictionary holds is offered to who comes to its field, and searched by the browser. Without it a term is typed out.
async function offerTerms(field) {
  try {
    const answer = await fetch(field.dataset.terms, { signal: AbortSignal.timeout(patience) });
    const list = document.createElement("datalist");
    list.id = `${field.id}-terms`;
    list.append(...(await answer.json()).map(([term, words]) => new Option(words, term)));
    document.body.append(list);
    field.setAttribute("list", list.id);
  } catch {
    field.addEventListener("focus", () => offerTerms(field), { once: true });
  }
}

for (const form of document.querySelectorAll("form[data-items]")) new Sheet(form);
for (const field of document.querySelectorAll("[data-terms]")) {
  field.addEventListener("focus", () => offerTerms(field), { once: true });
}
