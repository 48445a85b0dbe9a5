"use strict";
// The panel beside every view: the selection, its claims, and links to related entities.
const panel = (function () {
  const { el, name, number, plural } = dom;
  const { entities, claims, model } = counts;
  const box = dom.byId("panel");
  const FIRST = 40, FEW = 4, STEP = 100;
  const SORTS = {
    practice: "Practice", outcome: "Outcome type", feature: "Key feature", network: "Network", strategy: "Strategy of a network or school",
    unit: "School or group", voice: "Voice", kind: "Kind of evidence", role: "People", direction: "Direction", enquiry: "Enquiry",
  };

  function title(key) {
    if (key === "none") return "No practice linked";
    if (key === "other") return "Under no key feature";
    if (key.startsWith("claim/")) return "One claim";
    if (key.startsWith("under/")) return "Reported under " + entities[counts.entityIndex.get(key.slice(6))].label;
    return entities[counts.entityIndex.get(key)].label;
  }

  const sortOf = (key) => (counts.entityIndex.has(key) ? entities[counts.entityIndex.get(key)].sort : "");

  // Entities of a sort among some claims, with their number of claims.
  function related(places, sort, keys) {
    const found = new Map();
    for (const place of places) {
      const claim = claims[place];
      const of = { practice: claim.practices, outcome: [claim.outcome], network: claim.networks, enquiry: claim.enquiries, feature: [entities[claim.outcome].feature] }[sort] || [];
      for (const entity of of) if (entity !== undefined && !keys.includes(entities[entity].id)) found.set(entity, (found.get(entity) || 0) + 1);
    }
    return [...found].sort((a, b) => b[1] - a[1] || counts.compare(a[0], b[0]));
  }

  function relatedList(heading, places, sort, keys) {
    const pairs = related(places, sort, keys);
    if (!pairs.length) return [];
    const line = ([entity, count]) => el("li", {}, cards.link(entity, join(keys, entity)), el("span", { class: "amount" }, " " + number(count)));
    return [el("h3", {}, heading), grows(el("ul", { class: "related" }, pairs.slice(0, 8).map(line)), pairs.slice(8), line)];
  }

  // Two entities make a pair; a third one replaces the second.
  function join(keys, entity) {
    const single = keys.length === 1 && ["practice", "outcome", "network", "feature"].includes(sortOf(keys[0]));
    return single ? [keys[0], entities[entity].id] : [entities[entity].id];
  }

  // A list whose rest is shown on demand, STEP entries at a time; the focus moves to the first new one.
  function grows(list, rest, line) {
    if (!rest.length) return [list];
    const button = el("button", { type: "button", class: "more" });
    const label = () => (button.textContent = "Show " + number(Math.min(rest.length, STEP)) + " more" + (rest.length > STEP ? " of " + number(rest.length) : ""));
    button.addEventListener("click", () => {
      const first = list.children.length;
      rest.slice(0, STEP).forEach((entry) => list.append(line(entry)));
      rest = rest.slice(STEP);
      if (rest.length) label();
      else button.remove();
      const target = list.children[first].querySelector("a, button, summary") || list.children[first];
      if (!target.matches("a, button, summary")) target.tabIndex = -1;
      target.focus();
    });
    label();
    return [list, button];
  }

  function strategies(key) {
    const entity = counts.entityIndex.get(key);
    const sort = sortOf(key);
    if (sort !== "practice" && sort !== "network") return [];
    const own = counts.ofSort("strategy").filter((place) => sort === "network" ? (entities[place].networks || []).includes(entity)
      : (entities[place].practices || []).some((practice) => counts.broader(practice).includes(entity)));
    if (!own.length) return [];
    const linked = new Set(state.everything.flatMap((place) => claims[place].strategies || []));
    const line = (place) => el("li", {}, cards.links([place]), entities[place].text ? [": ", el("bdi", {}, entities[place].text)] : "",
      linked.has(place) ? "" : el("span", { class: "quiet" }, " (no outcome reported)"));
    const sorted = own.slice().sort(counts.compare);
    return [el("h3", {}, sort === "network" ? "What it did" : "Who did it"), grows(el("ul", { class: "uses" }, sorted.slice(0, 5).map(line)), sorted.slice(5), line)];
  }

  function about(key) {
    const entity = entities[counts.entityIndex.get(key)];
    if (!entity) return key === "none" ? [el("p", {}, "Outcomes that a source reports without linking them to a practice.")] : [];
    const parts = [entity.text && el("p", { class: "meaning" }, el("bdi", {}, entity.text))];
    if (entity.up !== undefined) parts.push(el("p", {}, "Part of ", cards.links([entity.up])));
    if (entity.sort === "outcome" && entity.feature !== undefined) parts.push(el("p", {}, "Key feature: ", cards.links([entity.feature])));
    if (entity.sort === "strategy") {
      parts.push(el("p", {}, "One use of ", cards.links(entity.practices)), el("p", {}, "By ", cards.links(entity.users)));
      parts.push(cards.passages(entity.passages));
    }
    return parts;
  }

  // Facts about an entity, and what the source does not report about it.
  function facts(key) {
    const entity = entities[counts.entityIndex.get(key)] || {};
    const fold = (heading, list) => list && list.length > 0 && el("details", { class: "facts" }, el("summary", {}, heading + " (" + number(list.length) + ")"), el("ul", {}, list.map((text) => el("li", {}, el("bdi", {}, text)))));
    return [fold("What else the source reports", entity.facts), fold("What the source does not report", entity.not_reported && entity.not_reported.map((number) => model.not_reported[number]))];
  }

  function gap(keys) {
    const [row, column] = keys;
    const of = (key, sort) => related(state.among(state.inView(), [key]), sort, keys).slice(0, 6).map((pair) => pair[0]);
    const parts = [el("p", { class: "gap" }, el("b", {}, "A gap. "), "No claim on the two is recorded. That is not a finding: the source does not report on it, which does not mean that there is no effect.")];
    if (keys.length === 2 && sortOf(row) === "practice") {
      const outcomes = of(row, "outcome"), practices = of(column, "practice");
      if (outcomes.length) parts.push(el("p", {}, el("b", {}, title(row)), " is linked to ", cards.links(outcomes), "."));
      if (practices.length) parts.push(el("p", {}, el("b", {}, title(column)), " is linked to ", cards.links(practices), "."));
    }
    return parts;
  }

  // The number of claims by direction, and of pieces of evidence by kind.
  function tally(shown, sum, hidden) {
    const directions = new Map();
    for (const place of shown) {
      const label = claims[place].direction === undefined ? "direction not stated" : entities[claims[place].direction].label;
      directions.set(label, (directions.get(label) || 0) + 1);
    }
    const kinds = sum.marks.map((count, kind) => (count ? el("li", {}, marks.mark(kind), " ", number(count) + " " + marks.KINDS[kind].name) : "")).filter(Boolean);
    return el("div", { class: "tally" },
      el("p", {}, el("button", { type: "button", class: "inline", onclick: toClaims }, el("b", {}, plural(shown.length, "claim"))), ": " + [...directions].sort((a, b) => b[1] - a[1]).map(([label, count]) => number(count) + " " + label).join("; "),
        hidden ? el("span", { class: "hidden-note" }, ". " + plural(hidden, "more is", "more are") + " hidden by your filters") : "", "."),
      el("ul", { class: "kinds", "aria-label": "Pieces of evidence" }, kinds.length ? kinds : el("li", {}, "No supporting evidence")));
  }

  function toClaims() {
    const heading = dom.byId("claims-title");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView();
  }

  // Buttons for the selection.
  function actions(keys, shown) {
    const found = [];
    if (state.now.view !== "network" && shown.length && keys.every((key) => counts.entityIndex.has(key) || key.startsWith("under/"))) {
      found.push(el("button", { type: "button", class: "act", onclick: () => state.change({ view: "network" }) }, "Draw it as a network"));
    }
    const key = keys[0].replace(/^under\//, ""), facet = sortOf(key);
    const filterable = keys.length === 1 && (facet === "network" || facet === "enquiry" || key !== keys[0]);
    if (filterable && !state.now.filters[facet].has(counts.entityIndex.get(key))) {
      found.push(el("button", { type: "button", class: "act", onclick: () => state.toggle(facet, counts.entityIndex.get(key)) }, "Show only this"));
    }
    return found.length ? [el("p", { class: "actions" }, found)] : [];
  }

  // Strongest link type first, then most figures. A few cards are open; of many only the first.
  function claimList(shown) {
    const order = new Map(shown.map((place) => [place, counts.rank(claims[place].link) * 1000 - counts.summary([place]).marks[0]]));
    const sorted = shown.slice().sort((a, b) => order.get(a) - order.get(b) || a - b);
    const few = sorted.length <= FEW;
    const list = el("div", { class: "claims" }, sorted.slice(0, FIRST).map((place, index) => cards.card(place, few || !index)));
    const unfold = el("button", { type: "button", class: "inline" }, "Unfold all");
    unfold.addEventListener("click", () => {
      const all = unfold.textContent === "Unfold all";
      list.querySelectorAll("details.claim").forEach((card) => (all ? cards.unfold(card) : (card.open = false)));
      unfold.textContent = all ? "Fold all" : "Unfold all";
    });
    return [el("div", { class: "claims-heading" }, el("h3", { id: "claims-title", tabindex: "-1" }, sorted.length === 1 ? "The claim" : "The claims, strongest links first"), few ? "" : unfold),
      grows(list, sorted.slice(FIRST), (place) => cards.card(place, false))];
  }

  function selected(keys) {
    const { shown, hidden } = state.selection();
    const sum = shown.length ? counts.summary(shown) : null;
    const head = el("div", { class: "selection" },
      el("p", { class: "kicker" }, keys.length > 1 ? "Relationship" : SORTS[sortOf(keys[0])] || ""),
      el("h2", { id: "panel-title" }, keys.map((key, index) => [index ? el("span", { class: "with" }, index === 1 && keys.length > 2 ? " · " : " and ") : "", name(title(key))])),
      el("button", { type: "button", class: "close", "aria-label": "Close: nothing selected", onclick: close }, "×"));
    const body = [];
    if (keys.length === 1) body.push(about(keys[0]));
    if (shown.length) {
      body.push(tally(shown, sum, hidden));
    } else if (hidden) {
      body.push(el("p", { class: "gap" }, plural(hidden, "claim") + " on this " + (hidden === 1 ? "is" : "are") + " hidden by your filters. ", el("button", { type: "button", class: "inline", onclick: state.clearFilters }, "Clear all filters")));
    } else if (keys.length > 1) body.push(gap(keys));
    else body.push(el("p", { class: "gap" }, "No claim on this is recorded. The source mentions it without an outcome, or only the vocabulary lists it."));
    body.push(actions(keys, shown));
    if (state.now.view === "map" && map.outlines()) body.push(el("p", { class: "quiet" }, "Outlined in the map: the cells in which these claims count."));
    if (keys.length === 1) body.push(facts(keys[0]));
    if (keys.length === 1 && !keys[0].startsWith("claim/")) {
      const sort = sortOf(keys[0]);
      body.push(strategies(keys[0]));
      if (sort !== "practice") body.push(relatedList("Practices linked to it", shown, "practice", keys));
      if (sort !== "outcome") body.push(relatedList("Outcome types", shown, "outcome", keys));
      if (sort === "practice" || sort === "outcome") body.push(relatedList(sort === "practice" ? "Key features it reaches" : "", shown, sort === "practice" ? "feature" : "none", keys));
      if (sort !== "network") body.push(relatedList("Networks", shown, "network", keys));
      if (sort !== "enquiry" && cards.manyEnquiries) body.push(relatedList("Enquiries", shown, "enquiry", keys));
    }
    if (shown.length) body.push(claimList(shown));
    return [head, body];
  }

  const close = () => {
    state.select();
    dom.byId("view").focus();
  };

  function show() {
    const keys = state.now.selected;
    dom.clear(box).append(...[keys.length ? selected(keys) : intro.show()].flat(4).filter(Boolean));
    box.scrollTop = 0;
  }

  const focus = () => box.focus({ preventScroll: false });

  // Paper shows all claims in full.
  window.addEventListener("beforeprint", () => box.querySelectorAll("details.claim").forEach(cards.unfold));

  return { show, focus, title, close };
})();
