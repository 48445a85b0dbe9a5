"use strict";
// A claim as a card: what is reported, its link type, its evidence and its passages.
const cards = (function () {
  const { el, name } = dom;
  const { entities, claims, evidence, model } = counts;
  const BEARINGS = ["", "But", "Against"];
  const manyEnquiries = counts.ofSort("enquiry").length > 1;

  // The body of a card is built when the card is first opened.
  const fillers = new WeakMap();

  // Labels of entities, each a link that selects the entity.
  function links(places, separator = ", ") {
    return (places || []).flatMap((place, index) => [
      index ? separator : "",
      link(place, [entities[place].id]),
    ]);
  }

  // A link that selects; its address leads to the same selection.
  function link(place, keys) {
    const go = (event) => {
      event.preventDefault();
      state.select(...keys);
    };
    return el("a", { class: "inline", href: "#" + keys.map((key) => "on=" + encodeURIComponent(key)).join("&"), onclick: go }, name(entities[place].label));
  }

  const labels = (places) => (places || []).map((place) => entities[place].label).join(", ");

  // The section with the first and last words of a passage; the whole passage if the reader's copy was given.
  function passage(number, shown) {
    const found = model.passages[number];
    if (shown && shown.has(number)) return el("div", { class: "place" }, "Same passage as above");
    if (shown) shown.add(number);
    return el("div", { class: "place" }, el("span", { class: "section" }, found.source ? found.source + ", " : "", found.section), ": ",
      found.text ? el("q", { class: "copy" }, found.text) : el("q", {}, found.opens + " … " + found.closes));
  }

  const passages = (numbers, shown) => (numbers || []).map((number) => passage(number, shown));

  function item(number, bearing, claim, shown) {
    const piece = evidence[number];
    const kind = entities[piece.kind];
    const chart = piece.figures && plot.draw(piece.figures, piece.text || "");
    // The paraphrase of the source, then the figures as formatted by the program.
    const text = piece.text || "", cut = piece.figures ? text.lastIndexOf(" — ") : -1;
    const isNamed = piece.relay === undefined && (claim.by || []).includes(piece.voice);
    return el("li", { class: bearing ? "limits" : "" },
      el("div", { class: "kind" }, marks.mark(kind.mark), bearing ? el("strong", {}, BEARINGS[bearing] + ": ") : "", kind.label,
        piece.voice !== undefined && !isNamed && [" by ", links([piece.voice])],
        piece.relay !== undefined && [", passed on by ", links([piece.relay])]),
      el("div", { class: "says" }, el("bdi", {}, cut < 0 ? text : text.slice(0, cut))),
      chart,
      cut >= 0 && el("div", { class: "note" }, el("bdi", {}, text.slice(cut + 3))),
      piece.note && el("div", { class: "note" }, "Note of the compilers: ", el("bdi", {}, piece.note)),
      passages(piece.passages, shown));
  }

  function cautions(claim) {
    const found = [];
    const schools = (claim.about || []).filter((unit) => entities[unit].sort !== "network");
    const own = entities[claim.outcome].feature;
    if ((claim.strategies || []).length > 1) found.push("A joint claim: " + claim.strategies.length + " strategies are reported together and cannot be separated.");
    if (counts.rank(claim.link) === 2) found.push("An aim is stated, no result.");
    if (schools.length && (claim.networks || []).length) found.push("About " + labels(schools) + ", not the whole network.");
    if (claim.feature !== undefined && own !== undefined && claim.feature !== own) {
      found.push("The source reports it under “" + entities[claim.feature].label + "”; the outcome belongs to “" + entities[own].label + "”.");
    }
    if (claim.note) found.push(claim.note);
    return found;
  }

  function body(claim) {
    const warn = cautions(claim), shown = new Set();
    const row = (term, ...value) => (value.flat(3).length ? [el("dt", {}, term), el("dd", {}, value)] : []);
    return el("div", { class: "body" },
      el("ul", { class: "items" }, (claim.evidence || []).map((pair) => item(pair[0], pair[1], claim, shown))),
      !(claim.evidence || []).length && passages(claim.passages, shown),
      warn.length > 0 && el("div", { class: "cautions" }, el("strong", {}, warn.length > 1 ? "Cautions" : "Caution"), el("ul", {}, warn.map((text) => el("li", {}, el("bdi", {}, text))))),
      el("dl", {},
        row("Link", entities[claim.link].label + ": " + marks.ofLink(counts.rank(claim.link)).text),
        row("Done", (claim.strategies || []).map((strategy) => el("div", {}, links([strategy])))),
        row("Outcome", links([claim.outcome]), claim.through ? [", through ", links(claim.through)] : []),
        row("Where", links((claim.networks || []).length ? [...new Set([...claim.networks, ...(claim.about || [])])] : claim.about)),
        row("Stated by", links(claim.by)),
        row("For whom", claim.affects ? labels(claim.affects) : []),
        row("Enquiry", manyEnquiries && claim.enquiries ? links(claim.enquiries) : [])));
  }

  // A closed card shows the claim, its link type and its kinds of evidence; an open one shows everything.
  function card(number, isOpen = true) {
    const claim = claims[number];
    const direction = claim.direction === undefined ? "" : entities[claim.direction].label;
    const where = labels((claim.networks || []).length ? claim.networks : claim.about);
    const fold = el("details", { class: "claim", "data-claim": claim.id, open: isOpen },
      el("summary", {},
        el("h3", {}, el("bdi", {}, claim.text || claim.id)),
        el("p", { class: "gist" }, marks.strip(counts.summary([number]).marks), marks.swatch(counts.rank(claim.link)), el("b", {}, entities[claim.link].label),
          direction && " · " + direction, where && [" · ", name(where)], manyEnquiries && claim.enquiries && [" · ", name(labels(claim.enquiries))])));
    const fill = () => fold.children.length === 1 && fold.append(body(claim));
    fillers.set(fold, fill);
    if (isOpen) fill();
    else fold.addEventListener("toggle", fill);
    return fold;
  }

  // Fill the body at once, as printing needs it: the toggle event comes later.
  function unfold(fold) {
    fillers.get(fold)();
    fold.open = true;
  }

  return { card, unfold, link, links, passages, labels, manyEnquiries };
})();
