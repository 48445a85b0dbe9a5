"use strict";
// Every claim in view as a row; exactly these rows are sorted, paged and saved.
const table = (function () {
  const { el, name, number } = dom;
  const { entities, claims } = counts;
  const PAGE = 100;
  const COLUMNS = [
    ["text", "What is reported", (claim) => claim.text || ""],
    ["practice", "Practice", (claim) => cards.labels(claim.practices) || "no practice linked"],
    ["outcome", "Outcome type", (claim) => entities[claim.outcome].label],
    ["network", "Network", (claim) => cards.labels(claim.networks) || "no single network"],
    ["link", "How far the source goes", (claim) => entities[claim.link].label],
    ["direction", "Direction", (claim) => (claim.direction === undefined ? "" : entities[claim.direction].label)],
    ["evidence", "Evidence", (claim) => marks.asText(counts.summary([counts.claims.indexOf(claim)]).marks)],
    ["feature", "Key feature", (claim) => (claim.feature === undefined ? "" : entities[claim.feature].label)],
    ...(cards.manyEnquiries ? [["enquiry", "Enquiry", (claim) => cards.labels(claim.enquiries)]] : []),
  ];

  // The claims in view, or of the selection if there is one.
  function places() {
    const shown = state.now.selected.length ? state.selection().shown : state.inView();
    const [, field, order] = /^(-?)([a-z]+)$/.exec(state.now.sort) ? [0, state.now.sort.replace("-", ""), state.now.sort.startsWith("-") ? -1 : 1] : [0, "", 1];
    const column = COLUMNS.find((entry) => entry[0] === field);
    if (!column) return shown;
    const keyed = shown.map((place) => [sortKey(column, claims[place]), place]);
    keyed.sort((a, b) => (a[0] < b[0] ? -order : a[0] > b[0] ? order : a[1] - b[1]));
    return keyed.map((pair) => pair[1]);
  }

  const sortKey = (column, claim) => (column[0] === "link" ? counts.rank(claim.link) : dom.fold(column[2](claim)));

  function sortBy(field) {
    state.change({ sort: state.now.sort === field ? "-" + field : field, page: 0 });
    const button = document.querySelector('[data-sort="' + field + '"]');
    if (button) button.focus();
  }

  function show(view) {
    const all = places();
    const pages = Math.max(Math.ceil(all.length / PAGE), 1);
    const page = Math.min(state.now.page, pages - 1);
    const rows = all.slice(page * PAGE, (page + 1) * PAGE);
    const [field, order] = [state.now.sort.replace("-", ""), state.now.sort.startsWith("-") ? "descending" : "ascending"];
    if (!all.length) {
      view.append(map.nothing());
      return;
    }
    const head = el("tr", {}, COLUMNS.map(([key, label]) => el("th", { scope: "col", "aria-sort": key === field ? order : null },
      el("button", { type: "button", "data-sort": key, onclick: () => sortBy(key) }, label,
        el("span", { class: "arrow", "aria-hidden": "true" }, key === field ? (order === "ascending" ? "▲" : "▼") : "")))));
    const body = el("tbody", {}, rows.map((place) => {
      const claim = claims[place];
      const chosen = state.now.selected[0] === "claim/" + claim.id;
      return el("tr", { class: chosen ? "chosen" : "", "data-claim": claim.id }, COLUMNS.map(([key, , text]) => {
        if (key === "text") return el("td", {}, el("button", { type: "button", class: "inline", onclick: () => state.select("claim/" + claim.id) }, name(text(claim) || claim.id)));
        if (key === "link") return el("td", { class: "link-type" }, marks.swatch(counts.rank(claim.link)), el("span", {}, text(claim)));
        if (key === "evidence") return el("td", {}, marks.strip(counts.summary([place]).marks), el("span", { class: "quiet small as-text" }, text(claim)));
        return el("td", {}, name(text(claim)));
      }));
    }));
    view.append(
      el("div", { class: "table-bar" },
        el("span", {}, state.now.selected.length ? "Claims on your selection: " : "Claims in view: ", el("b", {}, number(all.length)),
          pages > 1 ? ", page " + number(page + 1) + " of " + number(pages) : ""),
        el("span", {},
          pages > 1 && el("button", { type: "button", disabled: page === 0, onclick: () => turn(page - 1) }, "Previous"),
          pages > 1 && el("button", { type: "button", id: "next", disabled: page >= pages - 1, onclick: () => turn(page + 1) }, "Next"),
          state.now.selected.length > 0 && el("button", { type: "button", onclick: () => state.select() }, "All in view"),
          el("button", { type: "button", id: "csv" }, "Save as CSV"))),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of claims" },
        el("table", { class: "claims-table" + (state.now.selected.length ? " beside" : "") + (cards.manyEnquiries ? " wide" : "") }, el("thead", {}, head), body)));
  }

  const turn = (page) => state.change({ page });

  return { show, places, COLUMNS };
})();
