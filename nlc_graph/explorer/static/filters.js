"use strict";
// The legend is the filter: each button explains a mark or a link type, shows its number of claims, and filters.
const filters = (function () {
  const { el, byId, number, plural } = dom;
  const { entities } = counts;
  const PICKS = [["network", "Network", "no single network"], ["feature", "Reported under", "no key feature"], ["direction", "Direction", "not stated"], ["enquiry", "Enquiry", "not stated"]];

  // A button of the legend; its tooltip explains it.
  function toggleButton(facet, value, count, ...content) {
    const meaning = facet === "mark" ? marks.KINDS[value].text : facet === "link" ? marks.ofLink(counts.rank(value)).text : null;
    const chosen = state.now.filters[facet].has(value);
    return el("button", {
      type: "button", class: "filter", title: meaning, "aria-pressed": String(chosen), "data-facet": facet, "data-value": value, disabled: !count && !chosen,
      onclick: () => keepFocus(facet, value),
    }, content, el("span", { class: "amount" }, number(count)));
  }

  function keepFocus(facet, value) {
    state.toggle(facet, value);
    const again = document.querySelector('[data-facet="' + facet + '"][data-value="' + value + '"]');
    if (again) again.focus();
  }

  function show() {
    const wanted = state.now.filters;
    const marked = counts.facetCounts(wanted, "mark");
    dom.clear(byId("marks")).append(el("span", { class: "legend-name", "aria-hidden": "true" }, "Evidence"),
      ...marks.KINDS.map((kind, value) => toggleButton("mark", value, marked.get(value) || 0, marks.mark(value), kind.name)));
    const linked = counts.facetCounts(wanted, "link");
    const links = counts.ofSort("link").sort((a, b) => counts.rank(a) - counts.rank(b));
    dom.clear(byId("links")).append(el("span", { class: "legend-name", "aria-hidden": "true" }, "How far it goes"),
      ...links.map((link) => toggleButton("link", link, linked.get(link) || 0, marks.swatch(counts.rank(link)), entities[link].label)),
      el("span", { class: "key-gap" }, el("span", { class: "swatch gap", "aria-hidden": "true" }, "–"), "gap"));
    const open = new Set([...document.querySelectorAll("#picks details[open]")].map((entry) => entry.dataset.pick));
    dom.clear(byId("picks")).append(...PICKS.map(([facet, label, nothing]) => pick(facet, label, nothing, open.has(facet))).filter(Boolean));
    byId("clear").hidden = !state.isFiltered();
    dom.clear(byId("sentence")).append(...sentence());
  }

  function pick(facet, label, nothing, isOpen) {
    const found = counts.facetCounts(state.now.filters, facet);
    const chosen = state.now.filters[facet];
    const values = facet === "enquiry" || facet === "direction" || facet === "feature" ? counts.ofSort(facet) : counts.ofSort("network").sort(counts.compare);
    const all = [...values, counts.NONE].filter((value) => found.get(value) || chosen.has(value));
    if (all.length < 2 && !chosen.size) return null;
    const fold = el("details", { class: "pick", "data-pick": facet, open: isOpen },
      el("summary", { class: chosen.size ? "active" : "" }, label, chosen.size ? el("span", { class: "amount" }, number(chosen.size)) : ""),
      el("div", { class: "options", role: "group", "aria-label": label },
        all.map((value) => toggleButton(facet, value, found.get(value) || 0, dom.name(value === counts.NONE ? nothing : entities[value].label)))));
    fold.addEventListener("toggle", () => fold.open && keepInside(fold.lastElementChild));
    return fold;
  }

  // Move a list that would leave the window to the left.
  function keepInside(list) {
    list.style.left = "0";
    const beyond = list.getBoundingClientRect().right + 16 - document.documentElement.clientWidth;
    if (beyond > 0) list.style.left = -beyond + "px";
  }

  function sentence() {
    const places = state.inView();
    const of = (values) => new Set(values).size;
    const claimsIn = places.map((place) => counts.claims[place]);
    const hidden = counts.claims.length - places.length;
    const practices = of(claimsIn.flatMap((claim) => claim.practices || []));
    const pieces = of(claimsIn.flatMap((claim) => (claim.evidence || []).map((pair) => pair[0])));
    return [el("b", {}, plural(places.length, "claim")), " on ", el("b", {}, plural(practices, "practice")), " and ", el("b", {}, plural(of(claimsIn.map((claim) => claim.outcome)), "outcome type")),
      " from ", plural(of(claimsIn.flatMap((claim) => claim.networks || [])), "network"),
      cards.manyEnquiries ? " of " + plural(of(claimsIn.flatMap((claim) => claim.enquiries || [])), "enquiry", "enquiries") : "", ", on ", plural(pieces, "piece"), " of evidence. ",
      hidden ? el("span", { class: "hidden-note" }, plural(hidden, "claim is", "claims are") + " hidden by your filters.") : "Nothing is hidden."];
  }

  // An open list closes on a click outside it.
  document.addEventListener("click", (event) => {
    document.querySelectorAll("#picks details[open]").forEach((entry) => {
      if (!entry.contains(event.target) && document.contains(event.target)) entry.open = false;
    });
  });

  return { show };
})();
