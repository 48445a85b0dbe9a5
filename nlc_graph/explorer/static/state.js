"use strict";
// What the page shows. It is kept in the address, so that a view can be sent as a link.
const state = (function () {
  const { entities, claims, entityIndex, claimIndex, FACETS, rowsOf, columnsOf } = counts;
  const VIEWS = ["map", "network", "table"];
  const now = { view: "map", filters: {}, selected: [], open: new Set(), by: "family", steps: 1, sort: "", page: 0, larger: false };
  const listeners = [];
  let kept = null, isInMemory = false;

  for (const facet of Object.keys(FACETS)) now.filters[facet] = new Set();

  // Claims that pass the filters.
  function inView() {
    if (!kept) kept = counts.filtered(now.filters);
    return kept;
  }

  const isFiltered = () => Object.values(now.filters).some((values) => values.size);

  // Whether a claim matches one key of a selection.
  function matches(place, key) {
    const claim = claims[place];
    if (key === "none") return rowsOf[place][0] === counts.NONE;
    if (key === "other") return columnsOf[place].includes(counts.NONE);
    if (key.startsWith("claim/")) return claimIndex.get(key.slice(6)) === place;
    if (key.startsWith("under/")) return claim.feature === entityIndex.get(key.slice(6));
    const entity = entityIndex.get(key);
    switch (entities[entity] && entities[entity].sort) {
      case "practice": return rowsOf[place].includes(entity);
      case "outcome": case "feature": return columnsOf[place].includes(entity);
      case "strategy": return (claim.strategies || []).includes(entity);
      case "kind": return (claim.evidence || []).some((pair) => counts.evidence[pair[0]].kind === entity);
      case "network": return (claim.networks || []).includes(entity);
      case "role": return (claim.affects || []).includes(entity);
      case "enquiry": return (claim.enquiries || []).includes(entity);
      default:
        return [claim.about, claim.by].some((list) => (list || []).includes(entity)) ||
          (claim.evidence || []).some((pair) => [counts.evidence[pair[0]].voice, counts.evidence[pair[0]].relay].includes(entity));
    }
  }

  const known = (key) => key === "none" || key === "other" || entityIndex.has(key.replace(/^under\//, "")) || claimIndex.has(key.slice(6));
  const among = (places, keys) => places.filter((place) => keys.every((key) => matches(place, key)));
  const everything = claims.map((_, place) => place);
  // The claims of a selection that are in view, and the number that the filters hide.
  function selection(keys = now.selected) {
    const shown = among(inView(), keys);
    return { shown, hidden: among(everything, keys).length - shown.length };
  }

  // -- the address -----------------------------------------------------------------------------------------------------

  const idOf = (facet, value) => (value === counts.NONE ? "-" : facet === "mark" ? String(value) : entities[value].id);

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
      return ""; // ignore this part of a malformed address
    }
  }

  function fromHash(hash) {
    for (const values of Object.values(now.filters)) values.clear();
    Object.assign(now, { view: "map", selected: [], open: new Set(), by: "family", steps: 1, sort: "", page: 0, larger: false });
    for (const part of hash.replace(/^#/, "").split("&")) {
      const [name, value] = part.split("=").map(decode);
      if (name === "view" && VIEWS.includes(value)) now.view = value;
      else if (name in now.filters) {
        const place = value === "-" ? counts.NONE : name === "mark" ? Number(value) : entityIndex.get(value);
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

  let address = "";
  // A page in an iframe with srcdoc has no address of its own; it is kept in memory only.
  function write(step) {
    try {
      if (step) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    } catch {
      isInMemory = true;
    }
  }

  // Change what is shown. A selection or another view adds a step to the history, for the Back button.
  function change(changes, step = "selected" in changes || "view" in changes) {
    Object.assign(now, changes);
    kept = null;
    const hash = "#" + toHash();
    if (hash !== address) {
      address = hash;
      write(step);
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

  const link = () => (isInMemory ? address : location.href);
  const select = (...keys) => change({ selected: keys });
  const onChange = (listener) => listeners.push(listener);

  function restore() {
    if (!isInMemory) address = location.hash;
    fromHash(address);
    listeners.forEach((listener) => listener({ restored: true }));
  }

  return { now, inView, isFiltered, matches, selection, among, everything, change, toggle, clearFilters, select, link, onChange, restore };
})();
