"use strict";
// The panel while nothing is selected: how to read the page, where to start, what the sources are.
const intro = (function () {
  const { el, name, plural } = dom;
  const { entities, claims, model } = counts;

  // Pairs of practice and outcome type with their own claims, without those of narrower practices or outcome types.
  function pairs() {
    const found = [];
    for (const [row, line] of counts.cells(state.inView())) {
      if (row === counts.NONE) continue;
      for (const [column, all] of line) {
        const places = all.filter((place) => (claims[place].practices || []).includes(row) && claims[place].outcome === column);
        if (places.length) found.push({ row, column, places, sum: counts.summary(places), networks: new Set(places.flatMap((place) => claims[place].networks || [])).size });
      }
    }
    return found;
  }

  const linkRank = (pair) => counts.rank(pair.sum.link);
  const byName = (a, b) => counts.compare(a.row, b.row) || counts.compare(a.column, b.column);

  function starts(heading, text, list) {
    if (!list.length) return [];
    return [el("h3", {}, heading), el("p", { class: "quiet" }, text), el("ul", { class: "starts" }, list.map((pair) =>
      el("li", {}, el("button", { type: "button", class: "pair", onclick: () => state.select(entities[pair.row].id, entities[pair.column].id) },
        marks.swatch(linkRank(pair)), el("span", { class: "pairing" }, name(entities[pair.row].label), el("span", { class: "with" }, " with "), name(entities[pair.column].label)),
        el("span", { class: "amount" }, plural(pair.places.length, "claim"), ", ", plural(pair.networks, "network")), marks.strip(pair.sum.marks)))))];
  }

  function key() {
    const link = (rank) => (entities[counts.ofSort("link").find((place) => counts.rank(place) === rank)] || { label: marks.LINKS[rank].name }).label;
    const line = (sign, word, text) => [el("dt", {}, sign), el("dd", {}, el("b", {}, word), text && ": " + text)];
    return [
      el("p", {}, "Rows are what networks did, columns kinds of result. A number counts the ", el("b", {}, "claims"), " on the two: choose it to read them."),
      el("h3", {}, "The ground: how far the source goes, at most"),
      el("dl", { class: "key" }, marks.LINKS.map((entry, rank) => line(marks.swatch(rank), link(rank), entry.brief)),
        line("–", "gap", "nothing recorded; not “no effect”")),
      el("h3", {}, "The marks: on what evidence"),
      el("dl", { class: "key" }, marks.KINDS.map((kind, index) => line(marks.mark(index), kind.name, index < 3 ? kind.text : ""))),
    ];
  }

  function show() {
    const most = pairs();
    const figures = most.filter((pair) => pair.sum.marks[0] && linkRank(pair) < 2)
      .sort((a, b) => linkRank(a) - linkRank(b) || b.sum.marks[0] - a.sum.marks[0] || b.networks - a.networks || byName(a, b)).slice(0, 5);
    const broad = most.filter((pair) => pair.networks > 1 && linkRank(pair) < 2 && !figures.includes(pair))
      .sort((a, b) => b.networks - a.networks || b.places.length - a.places.length || byName(a, b)).slice(0, 5);
    return [
      el("h2", { id: "panel-title" }, "How to read this"),
      key(),
      starts("Linked, with figures behind it", "Figures show what changed, not what changed it.", figures),
      starts("Reported from several networks", "Most networks first.", broad),
      el("h3", {}, "Where this comes from"),
      model.sources.map((source) => el("p", {}, name(source.title))),
      el("p", { class: "quiet" }, "Claims are in our words. Each names its passage in the source: section, first words … last words. ",
        model.left_out ? plural(model.left_out, "claim") + " of the graph " + (model.left_out === 1 ? "is" : "are") + " not on this page, which is narrowed. " : "",
        "Everything is in this one file; it makes no request to the internet."),
    ];
  }

  return { show };
})();
