/* Tables that can be sorted and sifted, for readers whose browser runs scripts. Without them the page lacks nothing. */
"use strict";
(() => {
  const FEWEST_TO_SORT = 4;
  const FEWEST_TO_SIFT = 11;
  const TELLS_NOTHING = /^(\[\w+\]|[-–—]|not (asked|known|measured|shown|told)\b.*|too few.*|)$/i;
  const NOUGHT = /^(none|nobody|no one|no change|no difference)$/i;
  const BEFORE_NUMBERS = /^(about|under|over|up|down|fewer than|more than|less than|at least|at most|likely range|[\s:(<>~£])*$/i;
  const NUMBER = /(?<![\d.])[-−+]?\d[\d,]*(\.\d+)?/g;
  const MONTHS = "january february march april may june july august september october november december".split(" ");
  const DAY = new RegExp(`^(\\d{1,2} )?(${MONTHS.join("|")}) (\\d{4})$`, "i");
  const HAIR = 1e-9;
  const words = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const read = (cell) => cell.textContent.trim().replace(/\s+/g, " ");
  const heard = make("p", { className: "heard", role: "status" });

  /* What a cell is sorted by: all its numbers, the first one first; null where it holds no figure. */
  const weigh = (text) => {
    const day = text.match(DAY);
    if (day) return [Number(day[3]), MONTHS.indexOf(day[2].toLowerCase()), Number(day[1] ?? 0)];
    if (NOUGHT.test(text)) return [0];
    const found = [...text.matchAll(NUMBER)];
    if (!found.length) return null;
    const before = text.slice(0, found[0].index);
    if (!BEFORE_NUMBERS.test(before)) return null;
    const numbers = found.map((each) => Number(each[0].replace("−", "-").replaceAll(",", "")));
    if (/\bdown\b/i.test(before)) numbers[0] = -numbers[0];
    if (/under|fewer|less|</i.test(before)) numbers[0] -= HAIR;
    if (/over|more|>/i.test(before)) numbers[0] += HAIR;
    return numbers;
  };

  const compareNumbers = (one, other) => {
    const at = one.findIndex((number, place) => number !== other[place]);
    if (at < 0) return one.length - other.length;
    return at < other.length ? one[at] - other[at] : 1;
  };

  /* Rows in a new order; cells that tell nothing come last, whichever way. */
  const arrange = (rows, column, turn) => {
    const texts = new Map(rows.map((row) => [row, read(row.cells[column])]));
    const told = rows.filter((row) => !TELLS_NOTHING.test(texts.get(row)));
    const weights = new Map(told.map((row) => [row, weigh(texts.get(row))]));
    const compare = told.every((row) => weights.get(row))
      ? (one, other) => compareNumbers(weights.get(one), weights.get(other))
      : (one, other) => words.compare(texts.get(one), texts.get(other));
    const untold = rows.filter((row) => TELLS_NOTHING.test(texts.get(row)));
    return [...told.sort((one, other) => turn * compare(one, other)), ...untold];
  };

  const letSort = (table) => {
    const body = table.tBodies[0];
    const first = [...body.rows];
    const heads = [...table.tHead.rows[0].cells].filter((head) => read(head));
    for (const head of heads) {
      const name = read(head);
      const arrow = make("span", { className: "arrow", ariaHidden: "true", textContent: "↕" });
      const label = [...head.childNodes];
      const parts = head.classList.contains("number") ? [arrow, "\u00a0", ...label] : [...label, "\u00a0", arrow];
      const button = make("button", { type: "button" }, ...parts);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: null }[head.getAttribute("aria-sort")];
        const way = next === undefined ? "ascending" : next;
        for (const each of heads) {
          each.removeAttribute("aria-sort");
          each.querySelector(".arrow").textContent = "↕";
        }
        if (way) head.setAttribute("aria-sort", way);
        arrow.textContent = { ascending: "↑", descending: "↓" }[way] ?? "↕";
        body.append(...(way ? arrange(first, head.cellIndex, way === "ascending" ? 1 : -1) : first));
        heard.textContent = way ? `Sorted by ${name}, ${way}.` : "In the first order again.";
      });
    }
    table.caption?.append(make("span", { className: "heard", textContent: " (column headings can be pressed to sort)" }));
  };

  const letSift = (table) => {
    const rows = [...table.tBodies[0].rows];
    const texts = new Map(rows.map((row) => [row, [...row.cells].map(read).join(" ").toLowerCase()]));
    const status = make("span", { role: "status", textContent: `${rows.length} rows` });
    const field = make("input", { type: "search", autocomplete: "off" });
    const which = make("span", { className: "heard", textContent: ` in the table “${read(table.caption)}”` });
    const label = make("label", {}, make("span", { textContent: "Show only rows with the words" }, which), " ", field);
    field.addEventListener("input", () => {
      const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of rows) row.hidden = !wanted.every((word) => texts.get(row).includes(word));
      const shown = rows.filter((row) => !row.hidden).length;
      status.textContent = wanted.length ? `${shown} of ${rows.length} rows shown` : `${rows.length} rows`;
    });
    table.closest(".scroll").before(make("div", { className: "sift" }, label, " ", status));
  };

  /* Only what can be scrolled needs a stop of the Tab key. */
  const watchWidth = (box) => {
    const fit = () => (box.scrollWidth > box.clientWidth ? (box.tabIndex = 0) : box.removeAttribute("tabindex"));
    new ResizeObserver(fit).observe(box);
  };

  for (const table of document.querySelectorAll(".scroll > table")) {
    const rows = table.tBodies[0].rows.length;
    if (rows >= FEWEST_TO_SIFT) letSift(table);
    if (rows >= FEWEST_TO_SORT && !("unranked" in table.dataset)) letSort(table);
  }
  for (const box of document.querySelectorAll(".scroll")) watchWidth(box);
  document.getElementById("main").append(heard);

  /* What is folded away on the screen is printed, save what is kept off paper. */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.folded:not(.off-paper):not([open])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
})();
