// A table of links as one stop of the Tab key: arrows go from link to link, Home and End to the ends of a row. Without this each link is a stop.

const links = (grid) => [...grid.querySelectorAll("a")];
const stop = (grid, at) => { for (const link of links(grid)) link.tabIndex = link === at ? 0 : -1; };

// What is begun with: the first form.
function prepare(root) {
  for (const grid of root.querySelectorAll("[data-roving]")) stop(grid, grid.querySelector("td a") ?? links(grid)[0]);
}

// The next cell in a direction that has a link.
function next(cell, across, down) {
  const rows = cell.closest("table").rows;
  let [row, column] = [cell.parentElement.rowIndex, cell.cellIndex];
  for (;;) {
    row += down;
    column += across;
    const found = rows[row]?.cells[column];
    if (!found) return null;
    const link = found.querySelector("a");
    if (link) return link;
  }
}

const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener("keydown", (event) => {
  const link = event.target.closest("[data-roving] a");
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = links(link.closest("tr"));
  const to = event.key in ways ? next(link.closest("th, td"), ...ways[event.key])
    : event.key === "Home" ? row[0] : event.key === "End" ? row.at(-1) : undefined;
  if (to === undefined) return;
  event.preventDefault();
  to?.focus();
});

document.addEventListener("focusin", (event) => {
  const grid = event.target.closest("[data-roving]");
  if (grid && event.target.matches("a")) stop(grid, event.target);
});

// The present is shown first; what a page fetches anew stays where it was scrolled to.
for (const grid of document.querySelectorAll("[data-roving]")) {
  const present = grid.querySelector("th[aria-current]");
  if (present) grid.scrollLeft = present.offsetLeft - grid.clientWidth / 2;
}
prepare(document);
document.addEventListener("tandem:fetched", (event) => {
  prepare(event.detail);
  const places = [...document.querySelectorAll("[data-roving]")].map((grid) => [grid.scrollLeft, grid.scrollTop]);
  setTimeout(() => {
    document.querySelectorAll("[data-roving]").forEach((grid, place) => { if (places[place]) grid.scrollTo(...places[place]); });
  });
});
