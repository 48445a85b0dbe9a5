"use strict";
// One claim as a card: what is reported, how far the source goes, on what evidence, and where to read on.
const cards = (function () {
  const { el, name } = dom;
  const { things, claims, evidence, model } = counts;
  const BEARINGS = ["", "But", "Against"];
  const manyEnquiries = counts.ofSort("enquiry").length > 1;

  // What lies in a fold is built when it is first opened.
  const fillers = new WeakMap();

  // Things by name, each a way to all about it.
  function links(places, separator = ", ") {
    return (places || []).flatMap((place, index) => [
      index ? separator : "",
      link(place, [things[place].id]),
    ]);
  }

  // A link that selects; its address alone leads there too.
  function link(place, keys) {
    const go = (event) => {
      event.preventDefault();
      state.select(...keys);
    };
    return el("a", { class: "inline", href: "#" + keys.map((key) => "on=" + encodeURIComponent(key)).join("&"), onclick: go }, name(things[place].label));
  }

  const words = (places) => (places || []).map((place) => things[place].label).join(", ");

  // Section, first and last words; the words in between where the reader's copy was given.
  function place(number, shown) {
    const passage = model.passages[number];
    if (shown && shown.has(number)) return el("div", { class: "place" }, "Same passage as above");
    if (shown) shown.add(number);
    return el("div", { class: "place" }, el("span", { class: "section" }, passage.source ? passage.source + ", " : "", passage.section), ": ",
      passage.text ? el("q", { class: "copy" }, passage.text) : el("q", {}, passage.opens + " … " + passage.closes));
  }

  const places = (numbers, shown) => (numbers || []).map((number) => place(number, shown));

  function item(number, bearing, claim, shown) {
    const piece = evidence[number];
    const kind = things[piece.kind];
    const chart = piece.figures && plot.draw(piece.figures, piece.text || "");
    // What the source says, then the same figures spelled out by us.
    const text = piece.text || "", cut = piece.figures ? text.lastIndexOf(" — ") : -1;
    const known = piece.relay === undefined && (claim.by || []).includes(piece.voice);
    return el("li", { class: bearing ? "limits" : "" },
      el("div", { class: "kind" }, marks.mark(kind.mark), bearing ? el("strong", {}, BEARINGS[bearing] + ": ") : "", kind.label,
        piece.voice !== undefined && !known && [" by ", links([piece.voice])],
        piece.relay !== undefined && [", passed on by ", links([piece.relay])]),
      el("div", { class: "says" }, el("bdi", {}, cut < 0 ? text : text.slice(0, cut))),
      chart,
      cut >= 0 && el("div", { class: "note" }, el("bdi", {}, text.slice(cut + 3))),
      piece.note && el("div", { class: "note" }, "Note of the compilers: ", el("bdi", {}, piece.note)),
      places(piece.passages, shown));
  }

  function cautions(claim) {
    const found = [];
    const schools = (claim.about || []).filter((unit) => things[unit].sort !== "network");
    const own = things[claim.outcome].feature;
    if ((claim.strategies || []).length > 1) found.push("A joint claim: " + claim.strategies.length + " strategies share it, and their parts cannot be told apart.");
    if (counts.rank(claim.link) === 2) found.push("An aim is stated, no result.");
    if (schools.length && (claim.networks || []).length) found.push("About " + words(schools) + ", not the whole network.");
    if (claim.feature !== undefined && own !== undefined && claim.feature !== own) {
      found.push("The source tells it under “" + things[claim.feature].label + "”; the outcome belongs to “" + things[own].label + "”.");
    }
    if (claim.note) found.push(claim.note);
    return found;
  }

  function body(claim) {
    const warn = cautions(claim), shown = new Set();
    const row = (term, ...value) => (value.flat(3).length ? [el("dt", {}, term), el("dd", {}, value)] : []);
    return el("div", { class: "body" },
      el("ul", { class: "items" }, (claim.evidence || []).map((pair) => item(pair[0], pair[1], claim, shown))),
      !(claim.evidence || []).length && places(claim.passages, shown),
      warn.length > 0 && el("div", { class: "cautions" }, el("strong", {}, warn.length > 1 ? "Cautions" : "Caution"), el("ul", {}, warn.map((text) => el("li", {}, el("bdi", {}, text))))),
      el("dl", {},
        row("Tie", things[claim.link].label + ": " + marks.ofLink(counts.rank(claim.link)).text),
        row("Done", (claim.strategies || []).map((strategy) => el("div", {}, links([strategy])))),
        row("Outcome", links([claim.outcome]), claim.through ? [", by way of ", links(claim.through)] : []),
        row("Where", links((claim.networks || []).length ? [...new Set([...claim.networks, ...(claim.about || [])])] : claim.about)),
        row("Says who", links(claim.by)),
        row("For whom", claim.affects ? words(claim.affects) : []),
        row("Enquiry", manyEnquiries && claim.enquiries ? links(claim.enquiries) : [])));
  }

  // Folded, a card says what is reported, how far the source goes and on what evidence; unfolded, all of it.
  function card(number, isOpen = true) {
    const claim = claims[number];
    const direction = claim.direction === undefined ? "" : things[claim.direction].label;
    const where = words((claim.networks || []).length ? claim.networks : claim.about);
    const fold = el("details", { class: "claim", "data-claim": claim.id, open: isOpen },
      el("summary", {},
        el("h3", {}, el("bdi", {}, claim.text || claim.id)),
        el("p", { class: "gist" }, marks.strip(counts.summary([number]).marks), marks.swatch(counts.rank(claim.link)), el("b", {}, things[claim.link].label),
          direction && " · " + direction, where && [" · ", name(where)], manyEnquiries && claim.enquiries && [" · ", name(words(claim.enquiries))])));
    const fill = () => fold.children.length === 1 && fold.append(body(claim));
    fillers.set(fold, fill);
    if (isOpen) fill();
    else fold.addEventListener("toggle", fill);
    return fold;
  }

  // At once, as printing needs it; the event of a fold comes later.
  function unfold(fold) {
    fillers.get(fold)();
    fold.open = true;
  }

  return { card, unfold, link, links, places, words, manyEnquiries };
})();
