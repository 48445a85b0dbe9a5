"use strict";
// The page's data, and the rules of model.py by which claims are filtered and counted.
const counts = (function () {
  const NONE = -1;
  const model = JSON.parse(dom.byId("data").textContent);
  const { entities, claims, evidence } = model;
  const FACETS = { mark: null, link: "link", feature: "feature", network: "networks", direction: "direction", enquiry: "enquiries" };

  const entityIndex = new Map(entities.map((entity, place) => [entity.id, place]));
  const claimIndex = new Map(claims.map((claim, place) => [claim.id, place]));
  const ofSort = (sort) => entities.map((_, place) => place).filter((place) => entities[place].sort === sort);

  function broader(concept) {
    const chain = [];
    for (let next = concept; next !== undefined && !chain.includes(next); next = entities[next].up) chain.push(next);
    return chain;
  }

  const top = (concept) => broader(concept)[broader(concept).length - 1];
  const supporting = (claim) => (claim.evidence || []).filter((pair) => pair[1] === 0).map((pair) => pair[0]);
  const listed = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

  // Computed once: the rows and columns in which a claim counts, and its values of each facet.
  const rowsOf = [], columnsOf = [], valuesOf = [];
  for (const claim of claims) {
    const rows = new Set((claim.practices || []).flatMap(broader));
    rowsOf.push(rows.size ? [...rows] : [NONE]);
    const feature = entities[claim.outcome].feature;
    columnsOf.push([...new Set([...broader(claim.outcome), feature === undefined ? NONE : feature])]);
    const values = {};
    for (const [facet, field] of Object.entries(FACETS)) {
      const found = field ? listed(claim[field]) : supporting(claim).map((item) => entities[evidence[item].kind].mark);
      values[facet] = found.length ? [...new Set(found)] : [NONE];
    }
    valuesOf.push(values);
  }

  const fits = (place, facet, wanted) => !wanted || !wanted.size || valuesOf[place][facet].some((value) => wanted.has(value));

  function filtered(wanted) {
    const active = Object.keys(wanted).filter((facet) => wanted[facet].size);
    const kept = [];
    for (let place = 0; place < claims.length; place += 1) {
      if (active.every((facet) => fits(place, facet, wanted[facet]))) kept.push(place);
    }
    return kept;
  }

  // The number of claims that each value of a facet would show while the other facets stay as they are.
  function facetCounts(wanted, facet) {
    const found = new Map();
    for (const place of filtered({ ...wanted, [facet]: new Set() })) {
      for (const value of valuesOf[place][facet]) found.set(value, (found.get(value) || 0) + 1);
    }
    return found;
  }

  // Row to column to claims; a claim also counts in broader rows and columns.
  function cells(places) {
    const found = new Map();
    for (const place of places) {
      for (const row of rowsOf[place]) {
        let line = found.get(row);
        if (!line) found.set(row, (line = new Map()));
        for (const column of columnsOf[place]) {
          const cell = line.get(column);
          if (cell) cell.push(place);
          else line.set(column, [place]);
        }
      }
    }
    return found;
  }

  // The pieces of supporting evidence by mark, and the strongest link type, of some claims.
  function summary(places) {
    const marks = [0, 0, 0, 0];
    const seen = new Set();
    let link = claims[places[0]].link;
    for (const place of places) {
      const claim = claims[place];
      if (rank(claim.link) < rank(link)) link = claim.link;
      for (const item of supporting(claim)) {
        if (!seen.has(item)) marks[entities[evidence[item].kind].mark] += 1;
        seen.add(item);
      }
    }
    return { claims: places.length, marks, link };
  }

  const rank = (link) => (entities[link].rank === undefined ? 9 : entities[link].rank);

  function families() {
    const numbers = new Map(ofSort("practice").filter((place) => entities[place].up === undefined).map((place) => [place, 0]));
    rowsOf.forEach((rows) => rows.forEach((row) => numbers.has(row) && numbers.set(row, numbers.get(row) + 1)));
    return [...numbers.keys()].sort((a, b) => numbers.get(b) - numbers.get(a) || compare(a, b));
  }

  // Compare labels by code point, as Python does.
  function compare(a, b) {
    const one = entities[a].label, other = entities[b].label;
    return one < other ? -1 : one > other ? 1 : 0;
  }

  return {
    NONE, FACETS, model, entities, claims, evidence, entityIndex, claimIndex, ofSort, broader, top, supporting, rowsOf, columnsOf,
    valuesOf, filtered, facetCounts, cells, summary, rank, families, compare,
  };
})();
