"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const data = JSON.parse(at("units-data").textContent);
  const words = JSON.parse(at("units-words").textContent);
  const SIZE = 50;
  const total = data.units.length;
  const collator = new Intl.Collator(words.lang, { numeric: true });
  const folded = data.units.map((name) => name.normalize("NFC").toLowerCase());
  const first = data.nodes.map((node, k) => k).filter((k) => k > 0 && data.nodes[k].depth === 0);

  // Scores come as whole numbers of the last place, so that no digit is left to floats.
  const figure = (n) => {
    if (n === null) return "–";
    const digits = String(Math.abs(n)).padStart(data.places + 1, "0");
    const cut = digits.length - data.places;
    return (n < 0 ? "−" : "") + digits.slice(0, cut) + (data.places ? "." + digits.slice(cut) : "");
  };
  const grade = (u) => (data.grade[u] < 0 ? "–" : data.grades[data.grade[u]]);
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const fill = (text, n, all) => text.replace("{n}", n).replace("{all}", all);
  const number = (n) => n.toLocaleString("en");

  // What is missing stands last, whichever way a column is sorted.
  const scores = (k) => (one, other) => {
    const a = data.scores[k][one], b = data.scores[k][other];
    if (a === null || b === null) return (a === null) - (b === null) || one - other;
    return way * (a - b) || one - other;
  };
  const names = data.units.map((_, u) => u).sort((a, b) => collator.compare(data.units[a], data.units[b]) || a - b);
  const place = new Array(total);
  names.forEach((u, k) => { place[u] = k; });
  const columns = [
    { head: words.unit, sort: (a, b) => way * (place[a] - place[b]), start: 1 },
    { head: words["column-rounded"], text: (u) => figure(data.scores[0][u]), number: true, sort: scores(0), start: -1 },
  ];
  if (data.grades.length) {
    columns.push({
      head: words["column-grade"], text: grade, start: -1,
      sort: (a, b) => (data.grade[a] < 0) - (data.grade[b] < 0) || way * (data.grade[b] - data.grade[a]) || a - b,
    });
  }
  for (const k of first) {
    columns.push({
      head: data.nodes[k].code, title: data.nodes[k].title, text: (u) => figure(data.scores[k][u]),
      number: true, more: true, sort: scores(k), start: -1,
    });
  }

  let sorted = 1, way = -1, page = 0, found = [];
  const heads = at("units-table").tHead.rows[0];
  const body = at("units-table").tBodies[0];
  columns.forEach((column, k) => {
    const head = make("th", undefined, [column.number ? "n" : "", column.more ? "more" : ""].join(" ").trim());
    head.scope = "col";
    const button = make("button", column.head);
    button.type = "button";
    if (column.title) button.title = column.title;
    button.addEventListener("click", () => {
      way = sorted === k ? -way : column.start;
      sorted = k;
      update();
    });
    head.append(button);
    heads.append(head);
  });
  data.grades.forEach((name, k) => {
    const option = make("option", name);
    option.value = k;
    at("units-grade").append(option);
  });
  if (!data.grades.length) at("units-grade").closest("label").hidden = true;

  function update() {
    const sought = at("units-search").value.normalize("NFC").trim().toLowerCase();
    const wanted = at("units-grade").value;
    found = [];
    for (let u = 0; u < total; u += 1) {
      if ((!sought || folded[u].includes(sought)) && (wanted === "" || data.grade[u] === Number(wanted))) found.push(u);
    }
    found.sort(columns[sorted].sort);
    page = 0;
    [...heads.cells].forEach((head, k) => {
      head.setAttribute("aria-sort", k !== sorted ? "none" : way > 0 ? "ascending" : "descending");
    });
    show();
  }

  function show() {
    const pages = Math.max(1, Math.ceil(found.length / SIZE));
    const rows = found.slice(page * SIZE, (page + 1) * SIZE).map((u) => {
      const row = make("tr");
      columns.forEach((column, k) => {
        if (k === 0) {
          const cell = make("th");
          cell.scope = "row";
          const button = make("button", data.units[u], "open");
          button.type = "button";
          button.addEventListener("click", () => open(u));
          cell.append(button);
          row.append(cell);
          return;
        }
        row.append(make("td", column.text(u), [column.number ? "n" : "", column.more ? "more" : ""].join(" ").trim()));
      });
      return row;
    });
    body.replaceChildren(...rows);
    at("units-status").textContent = found.length
      ? fill(words["units-shown"], number(found.length), number(total))
      : words["units-none"];
    at("units-page").textContent = fill(words["units-page"], page + 1, pages);
    at("units-back").disabled = page === 0;
    at("units-next").disabled = page >= pages - 1;
  }

  function open(u) {
    at("units-name").textContent = data.units[u];
    const table = make("table");
    table.append(make("caption", data.grades.length ? words["column-grade"] + " " + grade(u) : ""));
    const head = make("tr");
    for (const [text, name] of [[words["column-title"], ""], [words["column-rounded"], "n"]]) {
      const cell = make("th", text, name);
      cell.scope = "col";
      head.append(cell);
    }
    table.createTHead().append(head);
    const inside = table.createTBody();
    const line = (depth, name, text) => {
      const row = make("tr");
      const cell = make("th", name);
      cell.scope = "row";
      cell.style.paddingLeft = depth * 1.1 + "rem";
      row.append(cell, make("td", text, "n"));
      inside.append(row);
    };
    data.nodes.forEach((node, k) => {
      if (data.scores[k][u] !== null || k === 0) line(Math.max(0, node.depth), (node.code + " " + node.title).trim(), figure(data.scores[k][u]));
    });
    for (const of of data.people) {
      if (of.numbers[u] !== null) line(0, of.head, number(of.numbers[u]));
    }
    at("units-summary").replaceChildren(table);
    at("units-dialog").showModal();
  }

  at("units-search").addEventListener("input", update);
  at("units-grade").addEventListener("change", update);
  at("units-back").addEventListener("click", () => { page -= 1; show(); });
  at("units-next").addEventListener("click", () => { page += 1; show(); });
  update();
})();
