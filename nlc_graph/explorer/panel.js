"use strict";
// The evidence beside every view: what is selected, the claims on it, and where one can go from there.
const panel = (function () {
  const { el, name, number, plural } = dom;
  const { things, claims, model } = counts;
  const box = dom.byId("panel");
  const FIRST = 20;
  const SORTS = {
    practice: "practice", outcome: "outcome type", feature: "key feature", network: "network", strategy: "strategy of a network or school",
    unit: "school or group", voice: "voice", kind: "kind of evidence", role: "people", direction: "direction", enquiry: "enquiry",
  };

  function title(key) {
    if (key === "none") return "No practice tied";
    if (key === "other") return "Under no key feature";
    if (key.startsWith("claim/")) return "One claim";
    if (key.startsWith("under/")) return "Reported under " + things[counts.placeOf.get(key.slice(6))].label;
    return things[counts.placeOf.get(key)].label;
  }

  const sortOf = (key) => (counts.placeOf.has(key) ? things[counts.placeOf.get(key)].sort : "");

  // -- nothing selected: how to read ---------------------------------------------------------------------------------

  function intro() {
    const links = new Map();
    const most = [];
    const cells = counts.cells(state.inView());
    for (const [row, line] of cells) {
      if (row === counts.NONE) continue;
      for (const [column, all] of line) {
        // What is said of the two themselves, not of narrower practices or outcomes.
        const places = all.filter((place) => (claims[place].practices || []).includes(row) && claims[place].outcome === column);
        if (!places.length) continue;
        const sum = counts.summary(places);
        const networks = new Set(places.flatMap((place) => claims[place].networks || [])).size;
        most.push({ row, column, places, sum, networks });
        links.set(sum.link, (links.get(sum.link) || 0) + 1);
      }
    }
    const figures = most.filter((pair) => pair.sum.marks[0] && counts.rank(pair.sum.link) < 2)
      .sort((a, b) => counts.rank(a.sum.link) - counts.rank(b.sum.link) || b.sum.marks[0] - a.sum.marks[0] || b.networks - a.networks || counts.compare(a.row, b.row)).slice(0, 5);
    const broad = most.filter((pair) => pair.networks > 1 && !figures.includes(pair))
      .sort((a, b) => b.networks - a.networks || b.places.length - a.places.length || counts.compare(a.row, b.row) || counts.compare(a.column, b.column)).slice(0, 5);
    const list = (heading, text, pairs) => pairs.length ? [el("h3", {}, heading), el("p", { class: "quiet" }, text), el("ul", { class: "starts" }, pairs.map((pair) =>
      el("li", {}, el("button", { type: "button", class: "pair", onclick: () => state.select(things[pair.row].id, things[pair.column].id) },
        marks.swatch(counts.rank(pair.sum.link)), el("span", { class: "pairing" }, name(things[pair.row].label), el("span", { class: "with" }, " with "), name(things[pair.column].label)),
        el("span", { class: "amount" }, plural(pair.places.length, "claim"), ", ", plural(pair.networks, "network")), marks.strip(pair.sum.marks)))))] : [];
    return [
      el("h2", { id: "panel-title" }, "How to read this"),
      el("ul", { class: "reading" },
        el("li", {}, "A row is something networks did, a column a kind of result. The number counts the ", el("b", {}, "claims"), " that a source makes about the two. Choose it to read them."),
        el("li", {}, "The ground of a cell says how far the source goes: ",
          [0, 1, 2].map((rank) => [marks.swatch(rank), " " + (things[counts.ofSort("link").find((link) => counts.rank(link) === rank)] || { label: marks.LINKS[rank].css }).label, rank < 2 ? ", " : ". "]),
          "The strongest is shown."),
        el("li", {}, "The marks say on what evidence: ", marks.KINDS.map((kind, index) => [marks.mark(index), " " + kind.name, index < 3 ? ", " : "."])),
        el("li", {}, el("b", {}, "–"), " is a gap: nothing was recorded in the source. It does not mean that there is no effect.")),
      list("Tied with figures behind it", "Links with most figures. Figures show what changed, not what changed it.", figures),
      list("Reported from several networks", "Links with most networks.", broad),
      el("h3", {}, "Where this comes from"),
      model.sources.map((source) => el("p", {}, name(source.title))),
      el("p", { class: "quiet" }, "Claims are in our words. Each says where it stands in the source: section, first words, last words. ",
        model.leftOut ? plural(model.leftOut, "claim") + " of the graph are not on this page, which is narrowed. " : "",
        "Everything is in this one file; it asks nothing of the network."),
    ];
  }

  // -- something selected --------------------------------------------------------------------------------------------

  // Things of a sort among claims, with how many of these each has.
  function related(places, sort, keys) {
    const found = new Map();
    for (const place of places) {
      const claim = claims[place];
      const of = { practice: claim.practices, outcome: [claim.outcome], network: claim.networks, feature: [things[claim.outcome].feature] }[sort] || [];
      for (const thing of of) if (thing !== undefined && !keys.includes(things[thing].id)) found.set(thing, (found.get(thing) || 0) + 1);
    }
    return [...found].sort((a, b) => b[1] - a[1] || counts.compare(a[0], b[0]));
  }

  function relatedList(heading, places, sort, keys) {
    const pairs = related(places, sort, keys);
    if (!pairs.length) return [];
    const line = ([thing, count]) => el("li", {}, cards.link(thing, join(keys, thing)), el("span", { class: "amount" }, " " + number(count)));
    return [el("h3", {}, heading), el("ul", { class: "related" }, pairs.slice(0, 12).map(line)),
      pairs.length > 12 && more(pairs.length - 12, (list) => pairs.slice(12).forEach((pair) => list.append(line(pair))))];
  }

  // One thing and another make a pair; a third takes the place of the second.
  function join(keys, thing) {
    const single = keys.length === 1 && ["practice", "outcome", "network", "feature"].includes(sortOf(keys[0]));
    return single ? [keys[0], things[thing].id] : [things[thing].id];
  }

  function more(left, fill) {
    const button = el("button", { type: "button", class: "more" }, "Show " + number(left) + " more");
    button.addEventListener("click", () => {
      const list = button.previousElementSibling;
      const first = list.children.length;
      fill(list);
      button.remove();
      const next = list.children[first];
      const target = next && (next.querySelector("a, button") || next);
      if (target) {
        if (!target.matches("a, button")) target.tabIndex = -1;
        target.focus();
      }
    });
    return button;
  }

  function strategies(key) {
    const thing = counts.placeOf.get(key);
    const sort = sortOf(key);
    if (sort !== "practice" && sort !== "network") return [];
    const own = counts.ofSort("strategy").filter((place) => sort === "network" ? (things[place].networks || []).includes(thing)
      : (things[place].practices || []).some((practice) => counts.wider(practice).includes(thing)));
    if (!own.length) return [];
    const tied = new Set(state.everything.flatMap((place) => claims[place].strategies || []));
    const line = (place) => el("li", {}, cards.links([place]), things[place].text ? [": ", el("bdi", {}, things[place].text)] : "",
      tied.has(place) ? "" : el("span", { class: "quiet" }, " (no outcome told)"));
    const sorted = own.slice().sort(counts.compare);
    return [el("h3", {}, sort === "network" ? "What it does" : "Who does it"), el("ul", { class: "uses" }, sorted.slice(0, 8).map(line)),
      sorted.length > 8 && more(sorted.length - 8, (list) => sorted.slice(8).forEach((place) => list.append(line(place))))];
  }

  function about(key) {
    const thing = things[counts.placeOf.get(key)];
    if (!thing) return key === "none" ? [el("p", {}, "Outcomes that a source reports without tying them to anything that was done.")] : [];
    const parts = [thing.text && el("p", { class: "meaning" }, el("bdi", {}, thing.text))];
    if (thing.up !== undefined) parts.push(el("p", {}, "Part of ", cards.links([thing.up])));
    if (thing.sort === "outcome" && thing.feature !== undefined) parts.push(el("p", {}, "Key feature: ", cards.links([thing.feature])));
    if (thing.sort === "strategy") {
      parts.push(el("p", {}, "One use of ", cards.links(thing.practices)), el("p", {}, "By ", cards.links(thing.users)));
      parts.push(cards.places(thing.passages));
    }
    if (thing.facts) parts.push(el("details", { class: "facts" }, el("summary", {}, "What else the source tells of it (" + thing.facts.length + ")"), el("ul", {}, thing.facts.map((fact) => el("li", {}, el("bdi", {}, fact))))));
    return parts;
  }

  function gap(keys) {
    const [row, column] = keys;
    const of = (key, sort) => related(state.among(state.inView(), [key]), sort, keys).slice(0, 6).map((pair) => pair[0]);
    const parts = [el("p", { class: "gap" }, el("b", {}, "A gap. "), "No claim on the two is recorded. That is not a finding: the source does not speak of it, which is not to say that there is no effect.")];
    if (keys.length === 2 && sortOf(row) === "practice") {
      const outcomes = of(row, "outcome"), practices = of(column, "practice");
      if (outcomes.length) parts.push(el("p", {}, el("b", {}, title(row)), " is tied to ", cards.links(outcomes), "."));
      if (practices.length) parts.push(el("p", {}, el("b", {}, title(column)), " is tied to ", cards.links(practices), "."));
    }
    return parts;
  }

  function selected(keys) {
    const { shown, hidden } = state.selection();
    const sum = shown.length ? counts.summary(shown) : null;
    const order = (a, b) => counts.rank(claims[a].link) - counts.rank(claims[b].link) ||
      counts.summary([b]).marks[0] - counts.summary([a]).marks[0] || a - b;
    const sorted = shown.slice().sort(order);
    const head = el("div", { class: "selection" },
      el("p", { class: "kicker" }, keys.length > 1 ? "Relationship" : SORTS[sortOf(keys[0])] || ""),
      el("h2", { id: "panel-title" }, keys.map((key, index) => [index ? el("span", { class: "with" }, index === 1 && keys.length > 2 ? " · " : " and ") : "", name(title(key))])),
      el("button", { type: "button", class: "close", "aria-label": "Close: nothing selected", onclick: close }, "×"));
    const body = [];
    if (keys.length === 1) body.push(about(keys[0]));
    if (shown.length) {
      body.push(el("p", { class: "tally" }, el("b", {}, plural(shown.length, "claim")), " · " + (marks.inWords(sum.marks) || "no supporting evidence"),
        hidden ? el("span", { class: "hidden-note" }, " · " + plural(hidden, "more is", "more are") + " hidden by your filters") : ""));
    } else if (hidden) {
      body.push(el("p", { class: "gap" }, plural(hidden, "claim") + " on this " + (hidden === 1 ? "is" : "are") + " hidden by your filters. ", el("button", { type: "button", class: "inline", onclick: state.clearFilters }, "Clear all filters")));
    } else if (keys.length > 1) body.push(gap(keys));
    else body.push(el("p", { class: "gap" }, "No claim on this is recorded. The source mentions it, or the vocabulary has a place for it, and no outcome is told."));
    if (state.now.view !== "network" && shown.length && keys.every((key) => counts.placeOf.has(key) || key.startsWith("under/"))) {
      body.push(el("p", {}, el("button", { type: "button", class: "act", onclick: () => state.change({ view: "network" }) }, "Draw it as a network")));
    }
    if (keys.length === 1) {
      const sort = sortOf(keys[0]);
      if (sort !== "practice") body.push(relatedList("Practices tied to it", shown, "practice", keys));
      if (sort !== "outcome") body.push(relatedList("Outcome types", shown, "outcome", keys));
      if (sort === "practice" || sort === "outcome") body.push(relatedList(sort === "practice" ? "Key features it reaches" : "", shown, sort === "practice" ? "feature" : "none", keys));
      if (sort !== "network") body.push(relatedList("Networks", shown, "network", keys));
      body.push(strategies(keys[0]));
    }
    if (shown.length) {
      body.push(el("h3", { class: "claims-heading" }, shown.length === 1 ? "The claim" : "The claims, strongest ties first"));
      body.push(el("div", { class: "claims" }, sorted.slice(0, FIRST).map(cards.card)));
      if (sorted.length > FIRST) body.push(more(sorted.length - FIRST, (list) => sorted.slice(FIRST).forEach((place) => list.append(cards.card(place)))));
    }
    return [head, body];
  }

  const close = () => {
    state.select();
    dom.byId("view").focus();
  };

  function show() {
    const keys = state.now.selected;
    dom.clear(box).append(...[keys.length ? selected(keys) : intro()].flat(4).filter(Boolean));
    box.scrollTop = 0;
  }

  const focus = () => box.focus({ preventScroll: false });

  return { show, focus, title, close };
})();
