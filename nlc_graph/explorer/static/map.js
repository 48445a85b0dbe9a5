"use strict";
// The evidence map: practices by outcome types, grouped, with gaps. It is one tab stop; arrow keys move inside.
const map = (function () {
  const { el, name, number } = dom;
  const { entities, NONE } = counts;
  const MOST_ROWS = 150;
  const MOST_OUTCOMES = 30;
  let at = [0, 0];
  let table = null;
  let showFrom = "";
  let leftOut = 0;
  let lit = new Set();

  // Rows from top to bottom: keys of the selection they make, label, depth, claims by column.
  function rows() {
    const list = state.now.by === "feature" ? byFeature() : byFamily(state.inView(), [], 0);
    return list.concat(noneRow());
  }

  function noneRow() {
    const line = counts.cells(state.inView()).get(NONE);
    return line ? [{ keys: ["none"], label: "No practice linked", line, depth: 0, none: true }] : [];
  }

  function byFamily(places, prefix, depth) {
    const cells = counts.cells(places);
    const found = [];
    const openPrefix = prefix.join(" ");
    for (const family of counts.families()) {
      const narrower = members(family);
      const key = entities[family].id;
      const openKey = (openPrefix + " " + key).trim();
      const isOpen = state.now.open.has(openKey);
      if (prefix.length && !cells.has(family)) continue;
      found.push({ keys: [...prefix, key], label: entities[family].label, line: cells.get(family), depth, open: narrower.length ? isOpen : undefined, openKey });
      if (isOpen) narrower.forEach((practice) => {
        if (prefix.length && !cells.has(practice)) return;
        found.push({ keys: [...prefix, entities[practice].id], label: entities[practice].label, line: cells.get(practice), depth: depth + 1 });
      });
    }
    return found;
  }

  function byFeature() {
    const found = [];
    for (const feature of counts.ofSort("feature")) {
      const places = state.inView().filter((place) => counts.claims[place].feature === feature);
      const key = "under/" + entities[feature].id;
      const isOpen = state.now.open.has(key);
      const linked = places.filter((place) => counts.rowsOf[place][0] !== NONE);
      const line = new Map();
      for (const place of linked) for (const column of counts.columnsOf[place]) line.set(column, (line.get(column) || []).concat(place));
      found.push({ keys: [key], label: "Under " + entities[feature].label, line, depth: 0, open: isOpen, openKey: key });
      if (isOpen) found.push(...byFamily(linked, [key], 1));
    }
    return found;
  }

  const children = new Map();
  for (const practice of counts.ofSort("practice")) {
    const family = counts.top(practice);
    if (family !== practice) children.set(family, (children.get(family) || []).concat(practice));
  }
  for (const list of children.values()) list.sort(counts.compare);
  const members = (family) => children.get(family) || [];

  // Columns from left to right: the key features, each followed by its outcome types while it is open.
  function columns() {
    const found = [];
    leftOut = 0;
    for (const feature of counts.ofSort("feature")) {
      const outcomes = counts.ofSort("outcome").filter((outcome) => entities[outcome].feature === feature);
      // A key feature that an enquiry added has no outcome types; its claims count under the outcome types' own features.
      if (!outcomes.length && entities[feature].number === undefined) continue;
      const isOpen = state.now.open.has(entities[feature].id);
      found.push({ place: feature, key: entities[feature].id, label: entities[feature].label, open: outcomes.length ? isOpen : undefined, number: entities[feature].number });
      if (isOpen) mostReported(outcomes).forEach((outcome) => found.push({ place: outcome, key: entities[outcome].id, label: entities[outcome].label, narrow: true }));
      if (isOpen) leftOut += Math.max(outcomes.length - MOST_OUTCOMES, 0);
    }
    if (counts.columnsOf.some((list) => list.includes(NONE))) found.push({ place: NONE, key: "other", label: "Under no key feature" });
    return found;
  }

  // Sorted by label; if there are very many, only those with most claims.
  function mostReported(outcomes) {
    if (outcomes.length <= MOST_OUTCOMES) return outcomes.sort(counts.compare);
    const numbers = new Map(outcomes.map((outcome) => [outcome, 0]));
    for (const list of counts.columnsOf) for (const column of list) if (numbers.has(column)) numbers.set(column, numbers.get(column) + 1);
    return outcomes.sort((a, b) => numbers.get(b) - numbers.get(a) || counts.compare(a, b)).slice(0, MOST_OUTCOMES);
  }

  function cell(row, column, where) {
    const places = row.line && row.line.get(column.place);
    const keys = [...row.keys, column.key];
    const chosen = keys.join("\n") === state.now.selected.join("\n");
    const about = row.label + " and " + column.label + ": ";
    const attributes = { role: "gridcell", tabindex: "-1", "data-at": where.join(" "), "aria-selected": chosen ? "true" : "false" };
    if (!places) return el("td", { ...attributes, class: "gap" + (column.narrow ? " narrow" : ""), "aria-label": about + "gap, no claim recorded", title: about + "no claim recorded" }, "–");
    const sum = counts.summary(places);
    const link = marks.ofLink(counts.rank(sum.link));
    const mine = lit.size ? places.filter((place) => lit.has(place)).length : 0;
    const text = about + dom.plural(sum.claims, "claim") + (mine ? ", " + number(mine) + " on your selection" : "") + ", " + (row.none ? "no practice linked" : entities[sum.link].label) + "; " + (marks.asText(sum.marks) || "no supporting evidence");
    return el("td", { ...attributes, class: link.css + (column.narrow ? " narrow" : "") + (mine ? " lit" : ""), "aria-label": text, title: text, "data-claims": sum.claims },
      el("span", { class: "count", "aria-hidden": "true" }, number(sum.claims)), marks.strip(sum.marks));
  }

  function heading(entity, where, scope) {
    const keys = entity.keys || [entity.key];
    const chosen = keys.join("\n") === state.now.selected.join("\n");
    return el("th", {
      scope, role: scope === "col" ? "columnheader" : "rowheader", tabindex: "-1", "data-at": where.join(" "), title: entity.label,
      class: [entity.narrow && "narrow", entity.depth && "inner" + entity.depth, chosen && "chosen", entity.open && "is-open", entity.none && "none"].filter(Boolean).join(" "),
      "aria-expanded": entity.open === undefined ? null : String(entity.open),
    }, el("span", { class: "heading-text" }, entity.open !== undefined && el("span", { class: "turn", "aria-hidden": "true" }, entity.open ? "▾" : "▸"), name(entity.label)));
  }

  function show(view) {
    const across = columns();
    const all = rows();
    lit = litBy(across, all);
    const down = all.slice(0, MOST_ROWS);
    if (all.length > down.length && all[all.length - 1].none) down.push(all[all.length - 1]);
    // With many columns, on a narrow screen or with larger text, columns are narrow and their labels vertical.
    const tight = across.some((column) => column.narrow) || view.clientWidth < (12.6 + 5.6 * across.length) * rem();
    table = el("table", { class: ["map", tight && "tight", across.some((column) => column.narrow) && "deep"].filter(Boolean).join(" "), role: "grid", "aria-label": "Evidence map: practices by outcome types. Arrow keys move, Enter opens.", "aria-rowcount": all.length + 1, "aria-colcount": across.length + 1 });
    table.append(el("thead", {}, el("tr", {},
      el("td", { class: "corner" }, el("label", {}, el("span", { class: "unseen" }, "Group rows by "), picker())),
      across.map((column, index) => heading(column, [0, index + 1], "col")))));
    const body = el("tbody");
    down.forEach((row, index) => body.append(el("tr", { class: row.none ? "none" : "" },
      heading(row, [index + 1, 0], "row"), across.map((column, place) => cell(row, column, [index + 1, place + 1])))));
    table.append(body);
    view.append(el("div", { class: "scroll", id: "map-scroll" }, table));
    if (leftOut) view.append(el("p", { class: "quiet left-out" }, "Of each key feature the " + number(MOST_OUTCOMES) + " outcome types with most claims have a column; " + number(leftOut) + " have none. Search for others, or use the table."));
    if (all.length > down.length) view.append(el("p", { class: "quiet left-out" }, "The first " + number(down.length) + " of " + number(all.length) + " rows are drawn, those with most claims. Search or filter for others, or use the table."));
    table.style.minWidth = "calc(var(--head) + " + across.length + " * var(--column))";
    if (!state.inView().length) view.append(nothing());
    listen(view);
    setStop(at, false);
  }

  // Claims whose cells are outlined: those of a selection that is no row, column or cell.
  function litBy(across, down) {
    const keys = state.now.selected;
    const inRow = down.find((row) => row.keys.join("\n") === keys.slice(0, row.keys.length).join("\n"));
    const rest = inRow ? keys.slice(inRow.keys.length) : keys;
    const isInSight = !rest.length || (rest.length === 1 && across.some((column) => column.key === rest[0]));
    return new Set(isInSight ? [] : state.selection().shown);
  }

  // Scroll a key feature that was just opened to the left, so that its outcome types are visible.
  function settle() {
    const index = showFrom ? columns().findIndex((column) => column.key === showFrom) : -1;
    showFrom = "";
    if (index < 0) return;
    const scroll = dom.byId("map-scroll");
    scroll.scrollLeft = find([0, index + 1]).offsetLeft - table.rows[0].cells[0].offsetWidth;
  }

  function nothing() {
    return el("p", { class: "empty" }, counts.claims.length ? "No claim fits these filters together. " : "There is no evidence on this page. ",
      counts.claims.length ? el("button", { type: "button", class: "act", onclick: state.clearFilters }, "Clear all filters") : "");
  }

  function picker() {
    const select = el("select", { id: "by" }, el("option", { value: "family" }, "Practices by family"), el("option", { value: "feature" }, "Practices by key feature"));
    select.value = state.now.by;
    select.addEventListener("change", () => state.change({ by: select.value }));
    return select;
  }

  // -- keyboard and mouse --------------------------------------------------------------------------------------------------

  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
  const find = (where) => table.querySelector('[data-at="' + where.join(" ") + '"]');

  function setStop(where, focus = true) {
    const height = table.rows.length - 1, width = table.rows[0].cells.length - 1;
    const next = [Math.max(0, Math.min(where[0], height)), Math.max(0, Math.min(where[1], width))];
    const target = find(next) || find([next[0], next[1] || 1]);
    if (!target) return;
    table.querySelectorAll('[tabindex="0"]').forEach((cell) => (cell.tabIndex = -1));
    target.tabIndex = 0;
    at = target.dataset.at.split(" ").map(Number);
    if (focus) target.focus();
  }

  function act(target) {
    const [row, column] = target.dataset.at.split(" ").map(Number);
    at = [row, column];
    const across = columns(), down = rows();
    const changes = {};
    if (row && column) changes.selected = [...down[row - 1].keys, across[column - 1].key];
    else {
      const entity = row ? down[row - 1] : across[column - 1];
      const key = row ? entity.openKey : entity.key;
      if (entity.open !== undefined) {
        if (!state.now.open.delete(key)) state.now.open.add(key);
      }
      changes.selected = entity.keys || [entity.key];
      if (!row && state.now.open.has(key)) showFrom = key;
    }
    const inside = target.contains(document.activeElement) || document.activeElement === target;
    state.change(changes);
    if (inside) setStop(at);
  }

  function listen() {
    table.addEventListener("click", (event) => {
      const target = event.target.closest("[data-at]");
      if (target) {
        target.focus();
        act(target);
      }
    });
    table.addEventListener("keydown", (event) => {
      const target = event.target.closest("[data-at]");
      if (!target || event.target.matches("select")) return;
      const [row, column] = target.dataset.at.split(" ").map(Number);
      const moves = {
        ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1], ArrowDown: [row + 1, column], ArrowUp: [row - 1, column],
        Home: [row, 0], End: [row, 999999], PageDown: [row + 10, column], PageUp: [row - 10, column],
      };
      if (moves[event.key]) setStop(moves[event.key]);
      else if (event.key === "Enter" || event.key === " ") {
        act(target);
        if (event.key === "Enter" && row && column) panel.focus();
      } else return;
      event.preventDefault();
    });
  }

  return { show, settle, nothing, outlines: () => lit.size > 0 };
})();
