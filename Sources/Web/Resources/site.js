// What the pages do beyond HTML. Every page works without it. Words come from the page (data attributes), never from here.

const main = document.querySelector("main");

// Time that is left, counted down once a second by the server's clock: a reader's own may be wrong, and a story has its own time.
let ahead = Date.parse(document.body.dataset.now ?? "") - Date.now() || 0;
document.addEventListener("tandem:time", (event) => { ahead = event.detail - Date.now(); });

function tick(root = document) {
  for (const time of root.querySelectorAll("time[data-countdown]")) {
    const left = Date.parse(time.dataset.countdown) - (Date.now() + ahead);
    const minutes = Math.floor(Math.abs(left) / 60000);
    const { leftDays, leftHours, leftMinutes } = document.body.dataset;
    const template = minutes >= 1440 ? leftDays : minutes >= 60 ? leftHours : leftMinutes;
    const numbers = { days: Math.floor(minutes / 1440), hours: Math.floor(minutes % 1440 / 60), minutes: minutes % 60 };
    time.dataset.left = (left < 0 ? "−" : "") + template.replace(/\{(\w+)\}/g, (_, name) => numbers[name]);
    // What runs out on the page that is shown may change what it says: a line of a gate that was true is not any more.
    if (root === document && left < 0 && !time.classList.contains("over")) document.dispatchEvent(new Event("tandem:over"));
    time.classList.toggle("over", left < 0);
  }
}

// What is typed and not yet sent is kept in this tab, for its reader alone, so that a session that ends loses nothing.
const draftKey = (form) => `draft ${document.body.dataset.reader} ${location.pathname}${location.search} ${form.action}`;

// By its token a form that is sent a second time is known: what was recorded, with its answer lost, is recorded once.
const token = "_once";

function keepDraft(form) {
  const fields = [...form.elements].filter((field) => field.name && !("unkept" in field.dataset)
    && (field.name === token || !["hidden", "password", "file", "submit"].includes(field.type)));
  const values = fields.filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);
  sessionStorage.setItem(draftKey(form), JSON.stringify(values));
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
}

// It is kept until its answer is shown: where the connection fails at sending, going back finds it as it was.
const sentKey = (action) => `sent ${action}`;

function forgetAnswered() {
  const action = main?.dataset.answers;
  // A page that is gone back to answers nothing that was sent after it.
  if (!action || performance.getEntriesByType("navigation")[0]?.type === "back_forward") return;
  sessionStorage.removeItem(sessionStorage.getItem(sentKey(action)));
  sessionStorage.removeItem(sentKey(action));
}

// As narrow as the style sheet has it.
const isNarrow = matchMedia("(max-width: 46rem)").matches;

function prepare(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    restoreDraft(form);
    form.addEventListener("input", () => keepDraft(form));
    form.addEventListener("submit", () => {
      sessionStorage.setItem(sentKey(form.getAttribute("action")), draftKey(form));
      keepDraft(form);
    });
  }
  for (const button of root.querySelectorAll("button[data-save]")) {
    button.hidden = false;
    button.addEventListener("click", () => saveFigure(button.closest("figure"), button.dataset.save));
  }
  if (isNarrow) for (const who of root.querySelectorAll("details.who")) who.open = false;
  for (const region of root.querySelectorAll("[role=region][tabindex]")) regions.observe(region);
  tick(root);
}

// What scrolls by itself is a stop of the Tab key, so that the arrows reach it; what shows all that it has is none.
const regions = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

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

// The page has the list of the site's keys; those of what it shows now are added.
const keys = document.querySelector("dialog#keys");

function showKeys() {
  if (!keys || keys.open) return;
  const list = keys.querySelector("dl");
  for (const old of list.querySelectorAll("[data-of-page]")) old.remove();
  for (const target of document.querySelectorAll("main [data-key]")) {
    const pair = document.createElement("div");
    const name = document.createElement("dt");
    const key = document.createElement("dd");
    const pressed = document.createElement("kbd");
    pair.dataset.ofPage = "";
    name.textContent = target.getAttribute("aria-label") ?? target.textContent;
    pressed.textContent = target.dataset.key;
    key.append(pressed);
    pair.append(name, key);
    list.append(pair);
  }
  keys.showModal();
}

// A click beside it closes it.
keys?.addEventListener("click", (event) => { if (event.target === keys) keys.close(); });
for (const button of document.querySelectorAll("[data-opens=keys]")) {
  button.hidden = false;
  button.addEventListener("click", showKeys);
}

forgetAnswered();
if (main) prepare(main);
// What a page fetches anew is made ready before it is shown.
document.addEventListener("tandem:fetched", (event) => prepare(event.detail));
document.addEventListener("keydown", onKey);
setInterval(() => tick(), 1000);

// A file that is chosen, or dropped on its field, goes with the form as it is.
async function take(area, file) {
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
  area.placeholder = file.name;
  area.required = false;
  area.disabled = true;
}

function acceptDrop(zone, took) {
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    const file = event.dataTransfer.files[0];
    if (file) took(file);
  });
}

for (const area of document.querySelectorAll("textarea[data-file]")) {
  const picker = document.createElement("input");
  picker.type = "file";
  picker.setAttribute("aria-label", area.labels[0]?.textContent ?? "");
  area.before(picker);
  picker.addEventListener("change", () => { if (picker.files[0]) take(area, picker.files[0]); });
  acceptDrop(area.closest(".field") ?? area, (file) => take(area, file));
}

// A record that is dropped where it is said is sent at once, as the body of a request; the page that answers is shown.
for (const zone of document.querySelectorAll("form[data-drop]")) {
  const picker = zone.querySelector("input[type=file]");
  const status = zone.querySelector("[role=status]");
  const send = async (file) => {
    // Whose record it is is said first.
    if (!zone.reportValidity()) {
      picker.value = "";
      return;
    }
    status.textContent = zone.dataset.sending;
    try {
      const fields = new URLSearchParams([...new FormData(zone)].filter(([name]) => name !== "_csrf"));
      const answer = await fetch(`${zone.action}?${fields}`, {
        method: "POST", body: file,
        headers: {
          "Content-Type": "application/fhir+json", "X-CSRF-Token": zone.elements["_csrf"].value, Accept: "text/html",
          // It may name a patient: an address stands in the logs of what lies between.
          "X-File-Name": encodeURIComponent(file.name),
        },
      });
      if (answer.redirected) return location.assign(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      status.textContent = [...page.querySelectorAll("main [role=alert] p, main .fault")].map((line) => line.textContent).join(" ")
        || zone.dataset.failed;
    } catch {
      status.textContent = zone.dataset.failed;
    }
    picker.value = "";
  };
  zone.hidden = false;
  picker.addEventListener("change", () => { if (picker.files[0]) send(picker.files[0]); });
  acceptDrop(zone, send);
}
