"use strict";
// What is shown now. It stands in the address, so that a view can be sent as a link.
const state = (function () {
  const { things, claims, placeOf, claimOf, FACETS, rowsOf, columnsOf } = counts;
  const VIEWS = ["map", "network", "table"];
  const now = { view: "map", filters: {}, selected: [], open: new Set(), by: "family", steps: 1, sort: "", page: 0, larger: false };
  const listeners = [];
  let kept = null;

  for (const facet of Object.keys(FACETS)) now.filters[facet] = new Set();

  // Claims that pass the filters.
  function inView() {
    if (!kept) kept = counts.filtered(now.filters);
    return kept;
  }

  const isFiltered = () => Object.values(now.filters).some((values) => values.size);

  // Does a claim touch what a key of a selection names? See keyOf.
  function touches(place, key) {
    const claim = claims[place];
    if (key === "none") return rowsOf[place][0] === counts.NONE;
    if (key === "other") return columnsOf[place].includes(counts.NONE);
    if (key.startsWith("claim/")) return claimOf.get(key.slice(6)) === place;
    if (key.startsWith("under/")) return claim.feature === placeOf.get(key.slice(6));
    const thing = placeOf.get(key);
    switch (things[thing] && things[thing].sort) {
      case "practice": return rowsOf[place].includes(thing);
      case "outcome": case "feature": return columnsOf[place].includes(thing);
      case "strategy": return (claim.strategies || []).includes(thing);
      case "kind": return (claim.evidence || []).some((pair) => counts.evidence[pair[0]].kind === thing);
      case "network": return (claim.networks || []).includes(thing);
      case "role": return (claim.affects || []).includes(thing);
      case "enquiry": return (claim.enquiries || []).includes(thing);
      default:
        return [claim.about, claim.by].some((list) => (list || []).includes(thing)) ||
          (claim.evidence || []).some((pair) => [counts.evidence[pair[0]].voice, counts.evidence[pair[0]].relay].includes(thing));
    }
  }

  const known = (key) => key === "none" || key === "other" || placeOf.has(key.replace(/^under\//, "")) || claimOf.has(key.slice(6));
  const among = (places, keys) => places.filter((place) => keys.every((key) => touches(place, key)));
  const everything = claims.map((_, place) => place);
  // Claims of a selection: those in view, and how many the filters hide.
  function selection(keys = now.selected) {
    const shown = among(inView(), keys);
    return { shown, hidden: among(everything, keys).length - shown.length };
  }

  // -- the address -----------------------------------------------------------------------------------------------------

  const idOf = (facet, value) => (value === counts.NONE ? "-" : facet === "mark" ? String(value) : things[value].id);

  function toHash() {
    const parts = [["view", now.view]];
    for (const [facet, values] of Object.entries(now.filters)) {
      for (const value of values) parts.push([facet, idOf(facet, value)]);
    }
    for (const key of now.selected) parts.push(["on", key]);
    for (const key of now.open) parts.push(["open", key]);
    if (now.by !== "family") parts.push(["by", now.by]);
    if (now.steps !== 1) parts.push(["steps", String(now.steps)]);
    if (now.sort) parts.push(["sort", now.sort]);
    if (now.larger) parts.push(["text", "larger"]);
    return parts.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
  }

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return ""; // a broken address shows what can be read of it
    }
  }

  function fromHash(hash) {
    for (const values of Object.values(now.filters)) values.clear();
    Object.assign(now, { view: "map", selected: [], open: new Set(), by: "family", steps: 1, sort: "", page: 0, larger: false });
    for (const part of hash.replace(/^#/, "").split("&")) {
      const [name, value] = part.split("=").map(decode);
      if (name === "view" && VIEWS.includes(value)) now.view = value;
      else if (name in now.filters) {
        const place = value === "-" ? counts.NONE : name === "mark" ? Number(value) : placeOf.get(value);
        if (place !== undefined && !Number.isNaN(place)) now.filters[name].add(place);
      } else if (name === "on" && known(value || "")) now.selected.push(value);
      else if (name === "open" && value) now.open.add(value);
      else if (name === "by" && value === "feature") now.by = value;
      else if (name === "steps" && ["1", "2", "3"].includes(value)) now.steps = Number(value);
      else if (name === "sort" && /^-?[a-z]+$/.test(value || "")) now.sort = value;
      else if (name === "text") now.larger = value === "larger";
    }
    kept = null;
  }

  let written = "";
  // Change what is shown. Selections make a step in the history, so that Back leads where one came from.
  function change(changes, step = "selected" in changes || "view" in changes) {
    Object.assign(now, changes);
    kept = null;
    const hash = "#" + toHash();
    if (hash !== written) {
      written = hash;
      if (step) history.pushState(null, "", hash);
      else history.replaceState(null, "", hash);
    }
    listeners.forEach((listener) => listener(changes));
  }

  function toggle(facet, value) {
    const values = now.filters[facet];
    if (!values.delete(value)) values.add(value);
    change({ page: 0 });
  }

  function clearFilters() {
    for (const values of Object.values(now.filters)) values.clear();
    change({ page: 0 });
  }

  const select = (...keys) => change({ selected: keys });
  const onChange = (listener) => listeners.push(listener);

  function restore() {
    written = location.hash;
    fromHash(location.hash);
    listeners.forEach((listener) => listener({ restored: true }));
  }

  return { now, inView, isFiltered, touches, selection, among, everything, change, toggle, clearFilters, select, onChange, restore };
})();
