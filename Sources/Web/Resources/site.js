// What the pages do beyond HTML. Every page works without it. Words come from the page (data attributes), never from here.

const main = document.querySelector("main");
const connection = document.querySelector("#connection");

// A page that shows the state of the study fetches itself anew when the study changes, unless somebody is typing in it.
function isBusy() {
  return main.querySelector("[data-dirty]") || document.querySelector("dialog[open]")
    || main.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return location.reload();
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  const open = new Set([...main.querySelectorAll("details[open][id]")].map((details) => details.id));
  main.replaceChildren(...next.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  prepare(main);
}

function watch(path) {
  let known = null;
  const source = new EventSource(path);
  source.addEventListener("position", async (event) => {
    document.documentElement.removeAttribute("data-offline");
    connection.textContent = "";
    if (known !== null && known !== event.data) {
      if (isBusy()) connection.textContent = document.body.dataset.changed ?? "";
      else await refresh();
    }
    known = event.data;
  });
  source.addEventListener("error", () => {
    document.documentElement.setAttribute("data-offline", "");
    connection.textContent = document.body.dataset.offline ?? "";
    for (const button of main.querySelectorAll("[data-needs-connection]")) button.disabled = true;
  });
}

// Time that is left, counted down once a second.
function tick() {
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const left = Date.parse(time.dataset.countdown) - Date.now();
    const minutes = Math.floor(Math.abs(left) / 60000);
    const text = minutes >= 1440 ? `${Math.floor(minutes / 1440)} d ${Math.floor(minutes % 1440 / 60)} h`
      : minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
    time.dataset.left = (left < 0 ? "−" : "") + text;
    time.classList.toggle("over", left < 0);
  }
}

// What is typed and not yet sent is kept in this tab, so that a session that ends loses nothing.
const draftKey = (form) => `draft ${location.pathname}${location.search} ${form.action}`;

function keepDraft(form) {
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type));
  const values = fields.filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);
  sessionStorage.setItem(draftKey(form), JSON.stringify(values));
  form.dataset.dirty = "";
}

function restoreDraft(form) {
  const kept = sessionStorage.getItem(draftKey(form));
  if (!kept) return;
  for (const [name, value] of JSON.parse(kept)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked ||= field.value === value;
      else field.value = value;
    }
  }
  form.dataset.dirty = "";
}

function prepare(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    restoreDraft(form);
    form.addEventListener("input", () => keepDraft(form));
    form.addEventListener("submit", () => sessionStorage.removeItem(draftKey(form)));
  }
  for (const button of root.querySelectorAll("button[data-save]")) {
    button.hidden = false;
    button.addEventListener("click", () => saveFigure(button.closest("figure"), button.dataset.save));
  }
  tick();
}

// Figures: the drawing as SVG or PNG, its data as CSV, made from what stands in the page. Colors are written out, since a file
// has no style sheet.
function drawing(svg) {
  const copy = svg.cloneNode(true);
  const shown = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, place) => {
    const style = getComputedStyle(shown[place]);
    for (const color of ["fill", "stroke"]) {
      if (element.hasAttribute(color) || /(fill|stroke)-/.test(element.getAttribute("class") ?? "")) {
        element.setAttribute(color, style.getPropertyValue(color));
      }
    }
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return copy;
}

function csv(table) {
  const field = (cell) => /[",\r\n]/.test(cell.textContent) ? `"${cell.textContent.replaceAll('"', '""')}"` : cell.textContent;
  return [...table.rows].map((row) => [...row.cells].map(field).join(",") + "\r\n").join("");
}

function keep(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function saveFigure(figure, kind) {
  const name = `${figure.dataset.figure}.${kind}`;
  if (kind === "csv") return keep(new Blob([csv(figure.querySelector("table"))], { type: "text/csv" }), name);
  const svg = figure.querySelector("svg");
  const text = new XMLSerializer().serializeToString(drawing(svg));
  if (kind === "svg") return keep(new Blob([text], { type: "image/svg+xml" }), name);
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
  await image.decode();
  const box = svg.viewBox.baseVal;
  const canvas = Object.assign(document.createElement("canvas"), { width: box.width * 2, height: box.height * 2 });
  const pen = canvas.getContext("2d");
  pen.fillStyle = getComputedStyle(svg).getPropertyValue("--figure-paper") || "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => keep(blob, name), "image/png");
}

// Keys: g and a letter goes to a place, / to the search, ? shows the keys.
let leader = false;
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  if (leader) {
    leader = false;
    const link = document.querySelector(`nav a[data-key="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
  } else if (event.key === "g") {
    leader = true;
    setTimeout(() => { leader = false; }, 1500);
  } else if (event.key === "/") {
    const search = document.querySelector("form[role=search] input:not([type=hidden])");
    if (search) { event.preventDefault(); search.focus(); }
  } else if (event.key === "?") {
    showKeys();
  }
}

function showKeys() {
  const dialog = document.createElement("dialog");
  const list = document.createElement("dl");
  list.className = "facts";
  for (const link of document.querySelectorAll("nav a[data-key], main [data-key]")) {
    const pair = document.createElement("div");
    const name = document.createElement("dt");
    const key = document.createElement("dd");
    name.textContent = link.textContent;
    key.textContent = link.closest("nav") ? `g ${link.dataset.key}` : link.dataset.key;
    pair.append(name, key);
    list.append(pair);
  }
  dialog.append(list);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

if (main) {
  prepare(main);
  if (main.dataset.live) watch(main.dataset.live);
}
document.addEventListener("keydown", onKey);
setInterval(tick, 1000);

// Forms of the casebook: an item is saved when it is left. What could not be sent waits in this tab and is sent when there is
// a connection again; the page says which items wait.
const waiting = new Map();

function item(form, id) { return form.querySelector(`[data-item="${CSS.escape(id)}"]`); }

function itemFields(form, row) {
  const fields = new URLSearchParams();
  fields.set("_csrf", form.elements["_csrf"].value);
  fields.set("correction", form.elements["correction"].value);
  for (const field of row.querySelectorAll("[name]")) {
    if (["radio", "checkbox"].includes(field.type) && !field.checked) continue;
    fields.set(field.name, field.value);
  }
  return fields;
}

function showAnswer(form, answer) {
  const state = document.querySelector("[data-state]");
  if (state) {
    state.textContent = answer.state;
    state.className = `badge ${answer.tone}`;
  }
  for (const row of form.querySelectorAll("[data-item]")) {
    const id = row.dataset.item;
    if (answer.shown) row.hidden = !answer.shown.includes(id);
    const read = form.elements[`r.${id}`];
    if (read && answer.read[id] !== undefined) read.value = answer.read[id];
    row.querySelector("[data-fault]").textContent = answer.faults?.[id] ?? "";
    const output = row.querySelector("[data-answer]");
    if (output && answer.calculated?.[id] !== undefined) output.textContent = answer.calculated[id];
  }
}

async function saveItem(form, row) {
  const status = form.querySelector("[data-saved]");
  waiting.set(row.dataset.item, row);
  try {
    const answer = await fetch(form.dataset.items, { method: "POST", body: itemFields(form, row) });
    if (answer.status === 401) return location.reload();
    const said = await answer.json();
    if (answer.status >= 500) throw new Error(said.detail);
    waiting.delete(row.dataset.item);
    if (answer.ok) {
      showAnswer(form, said);
      status.textContent = waiting.size === 0 ? status.dataset.saved : "";
      if (waiting.size === 0) {
        sessionStorage.removeItem(draftKey(form));
        delete form.dataset.dirty;
      }
    } else {
      row.querySelector("[data-fault]").textContent = `${said.detail} ${said.remedy}`;
    }
  } catch {
    row.classList.add("unsaved");
    connection.textContent = document.body.dataset.offline ?? "";
  }
}

for (const form of document.querySelectorAll("form[data-items]")) {
  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-item]");
    if (row) saveItem(form, row);
  });
  addEventListener("online", () => { for (const row of waiting.values()) saveItem(form, row); });
}
addEventListener("beforeunload", (event) => { if (waiting.size > 0) event.preventDefault(); });

// A file that is chosen goes with the form as it is.
for (const area of document.querySelectorAll("textarea[data-file]")) {
  const picker = document.createElement("input");
  picker.type = "file";
  picker.setAttribute("aria-labelledby", area.labels[0]?.id ?? "");
  picker.setAttribute("aria-label", area.labels[0]?.textContent ?? "");
  area.before(picker);
  picker.addEventListener("change", async () => {
    const file = picker.files[0];
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let start = 0; start < bytes.length; start += 32768) {
      binary += String.fromCharCode(...bytes.subarray(start, start + 32768));
    }
    for (const [part, value] of [["base64", btoa(binary)], ["name", file.name]]) {
      const name = `${area.name}.${part}`;
      const field = area.form.elements[name] ?? document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      area.form.append(field);
    }
    area.required = false;
    area.disabled = true;
  });
}
