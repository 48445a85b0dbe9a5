"use strict";
// What the page holds, and the rules of counts.py by which claims are filtered and counted.
const counts = (function () {
  const NONE = -1;
  const model = JSON.parse(dom.byId("data").textContent);
  const { things, claims, evidence } = model;
  const FACETS = { mark: null, link: "link", feature: "feature", network: "networks", direction: "direction", enquiry: "enquiries" };

  const placeOf = new Map(things.map((thing, place) => [thing.id, place]));
  const claimOf = new Map(claims.map((claim, place) => [claim.id, place]));
  const ofSort = (sort) => things.map((_, place) => place).filter((place) => things[place].sort === sort);

  function wider(concept) {
    const chain = [];
    for (let next = concept; next !== undefined && !chain.includes(next); next = things[next].up) chain.push(next);
    return chain;
  }

  const top = (concept) => wider(concept)[wider(concept).length - 1];
  const supporting = (claim) => (claim.evidence || []).filter((pair) => pair[1] === 0).map((pair) => pair[0]);
  const listed = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

  // Worked out once: in which rows and columns a claim counts, and what each facet finds in it.
  const rowsOf = [], columnsOf = [], valuesOf = [];
  for (const claim of claims) {
    const rows = new Set((claim.practices || []).flatMap(wider));
    rowsOf.push(rows.size ? [...rows] : [NONE]);
    const feature = things[claim.outcome].feature;
    columnsOf.push([...new Set([...wider(claim.outcome), feature === undefined ? NONE : feature])]);
    const values = {};
    for (const [facet, field] of Object.entries(FACETS)) {
      const found = field ? listed(claim[field]) : supporting(claim).map((item) => things[evidence[item].kind].mark);
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

  // How many claims each value of a facet would show, the other facets as they are.
  function facetCounts(wanted, facet) {
    const found = new Map();
    for (const place of filtered({ ...wanted, [facet]: new Set() })) {
      for (const value of valuesOf[place][facet]) found.set(value, (found.get(value) || 0) + 1);
    }
    return found;
  }

  // Row to column to claims, for all rows and columns, wider ones included.
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

  // Pieces of supporting evidence by mark, and the strongest link type, of some claims.
  function summary(places) {
    const marks = [0, 0, 0, 0];
    const seen = new Set();
    let link = claims[places[0]].link;
    for (const place of places) {
      const claim = claims[place];
      if (rank(claim.link) < rank(link)) link = claim.link;
      for (const item of supporting(claim)) {
        if (!seen.has(item)) marks[things[evidence[item].kind].mark] += 1;
        seen.add(item);
      }
    }
    return { claims: places.length, marks, link };
  }

  const rank = (link) => (things[link].rank === undefined ? 9 : things[link].rank);

  function families() {
    const numbers = new Map(ofSort("practice").filter((place) => things[place].up === undefined).map((place) => [place, 0]));
    rowsOf.forEach((rows) => rows.forEach((row) => numbers.has(row) && numbers.set(row, numbers.get(row) + 1)));
    return [...numbers.keys()].sort((a, b) => numbers.get(b) - numbers.get(a) || compare(a, b));
  }

  // By label, in the order of code points: as Python sorts.
  function compare(a, b) {
    const one = things[a].label, other = things[b].label;
    return one < other ? -1 : one > other ? 1 : 0;
  }

  return {
    NONE, FACETS, model, things, claims, evidence, placeOf, claimOf, ofSort, wider, top, supporting, rowsOf, columnsOf,
    valuesOf, filtered, facetCounts, cells, summary, rank, families, compare,
  };
})();
