"use strict";
// Tables sort and are searched where a script may run; without it they are whole. Text only, no HTML.
const make = (tag, parent, set) => parent.appendChild(Object.assign(document.createElement(tag), set));
const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(), language = document.documentElement.lang;

function order(a, b, way) { // what is not known last; words as the language of the page orders them
  const [x, y] = [a, b].map(cell => cell.dataset.n === undefined ? NaN : Number(cell.dataset.n));
  if (isNaN(x) !== isNaN(y)) return isNaN(x) ? 1 : -1;
  return way * (isNaN(x) ? a.textContent.localeCompare(b.textContent, language, {numeric: true}) : x - y);
}

function sorts(box, table, rows) {
  const heads = [...table.tHead.rows[0].cells];
  box.classList.add("sorts");
  heads.forEach((head, i) => {
    const button = Object.assign(document.createElement("button"), {type: "button", title: box.dataset.sort || ""});
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      rows.sort((a, b) => order(a.cells[i], b.cells[i], way));
      table.tBodies[0].append(...rows);
    });
  });
}

function finds(figure, box, rows) {
  const bar = document.createElement("div"), words = box.dataset;
  bar.className = "tools";
  box.before(bar);
  const input = make("input", make("label", bar, {textContent: words.find + " "}), {type: "search"});
  const picks = (words.picks || "").split("|").filter(Boolean).map((name, i) => {
    const pick = make("select", make("label", bar, {textContent: name + " "}), {ariaLabel: name});
    const values = new Set(rows.flatMap(row => (row.dataset["p" + i] || "").split("|").filter(Boolean)));
    make("option", pick, {value: "", textContent: words.all});
    [...values].sort((a, b) => a.localeCompare(b, language)).forEach(v => make("option", pick, {value: v, textContent: v}));
    return pick;
  });
  const status = make("p", bar, {});
  status.setAttribute("role", "status");
  figure.addEventListener("input", () => {
    const asked = fold(input.value.trim()), picked = picks.map(pick => pick.value);
    box.classList.toggle("asked", Boolean(asked || picked.some(Boolean)));
    for (const row of rows)
      row.hidden = !fold(row.textContent).includes(asked) ||
        picked.some((v, i) => v && !(row.dataset["p" + i] || "").split("|").includes(v));
    const n = rows.filter(row => row.getClientRects().length).length;
    status.textContent = words.rows.replace("{n}", n.toLocaleString(language));
  });
}

for (const box of document.querySelectorAll(".st-table .scroll[data-rows]")) {
  const table = box.querySelector("table"), rows = [...table.tBodies[0].rows];
  sorts(box, table, rows);
  if (rows.length > 9) finds(box.closest("figure"), box, rows);
}
for (const link of document.querySelectorAll(".languages a"))
  link.addEventListener("click", () => { link.hash = location.hash; });
