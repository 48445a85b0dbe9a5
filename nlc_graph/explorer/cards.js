"use strict";
// One claim as a card: what is reported, where, how far the source goes, on what evidence, and where to read on.
const cards = (function () {
  const { el, svg, name } = dom;
  const { things, claims, evidence, model } = counts;
  const BEARINGS = ["", "But", "Against"];

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

  function place(passage) {
    const parts = [el("span", { class: "section" }, passage.source ? passage.source + ", " : "", passage.section)];
    if (passage.text) parts.push(el("q", { class: "copy" }, passage.text));
    else parts.push(el("span", {}, " from ", el("q", {}, passage.opens + " …"), " to ", el("q", {}, "… " + passage.closes)));
    return el("div", { class: "place" }, parts);
  }

  const places = (numbers) => (numbers || []).map((number) => place(model.passages[number]));

  // Before and after, or side by side, with the comparator where there is one.
  function plot(figures, text) {
    const lines = [{ ...figures, css: "own" }, ...figures.others.map((other) => ({ ...other, css: "other" }))];
    const slopes = lines.filter((line) => line.start !== null && line.end !== null);
    if (figures.start !== null && figures.periods.length === 2) return slope(slopes, figures, text);
    const bars = lines.filter((line) => line.value !== null);
    return bars.length > 1 || figures.periods.length === 2 ? bar(bars, figures, text) : null;
  }

  function slope(lines, figures, text) {
    const values = lines.flatMap((line) => [line.start, line.end]);
    const low = Math.min(...values), span = Math.max(...values) - low || 1;
    const y = (value) => 66 - ((value - low) / span) * 46;
    const format = (value) => String(Number(value.toFixed(2)));
    return svg("svg", { class: "plot", viewBox: "0 0 300 96", role: "img", "aria-label": text },
      svg("line", { x1: 70, x2: 70, y1: 12, y2: 74, class: "axis" }),
      svg("line", { x1: 190, x2: 190, y1: 12, y2: 74, class: "axis" }),
      lines.map((line) => [
        svg("line", { x1: 70, x2: 190, y1: y(line.start), y2: y(line.end), class: line.css }),
        svg("circle", { cx: 70, cy: y(line.start), r: 3, class: line.css }),
        svg("circle", { cx: 190, cy: y(line.end), r: 3, class: line.css }),
        svg("text", { x: 62, y: y(line.start) + 4, "text-anchor": "end", class: line.css }, format(line.start)),
        svg("text", { x: 198, y: y(line.end) + 4, class: line.css }, format(line.end) + (line.css === "other" ? " " + short(line.unit, 12) : "")),
      ]),
      figures.periods.map((period, index) => svg("text", { x: index ? 190 : 70, y: 90, "text-anchor": "middle", class: "period" }, short(period, 20))));
  }

  function bar(lines, figures, text) {
    const most = Math.max(...lines.map((line) => Math.abs(line.value))) || 1;
    const sign = figures.periods.length === 2;
    return svg("svg", { class: "plot", viewBox: "0 0 300 " + (lines.length * 32 + 2), role: "img", "aria-label": text },
      lines.map((line, index) => [
        svg("text", { x: 0, y: index * 32 + 11, class: line.css }, short(line.unit, 44)),
        svg("rect", { x: 0, y: index * 32 + 16, width: Math.max((Math.abs(line.value) / most) * 230, 1), height: 9, class: line.css }),
        svg("text", { x: Math.max((Math.abs(line.value) / most) * 230, 1) + 6, y: index * 32 + 25, class: line.css },
          (sign && line.value > 0 ? "+" : "") + String(line.value)),
      ]));
  }

  const short = (text, length) => (text.length > length ? text.slice(0, length - 1) + "…" : text);

  function item(number, bearing) {
    const piece = evidence[number];
    const kind = things[piece.kind];
    const chart = piece.figures && plot(piece.figures, piece.text || "");
    return el("li", { class: bearing ? "limits" : "" },
      el("div", { class: "kind" }, marks.mark(kind.mark), bearing ? el("strong", {}, BEARINGS[bearing] + ": ") : "", kind.label),
      el("div", { class: "says" }, el("bdi", {}, piece.text || "")),
      chart,
      piece.voice !== undefined && el("div", { class: "voice" }, "by ", links([piece.voice]),
        piece.relay !== undefined && [", passed on by ", links([piece.relay])]),
      piece.note && el("div", { class: "note" }, "Note of the compilers: ", piece.note),
      places(piece.passages));
  }

  function cautions(claim) {
    const found = [];
    const schools = (claim.about || []).filter((unit) => things[unit].sort !== "network");
    const own = things[claim.outcome].feature;
    if ((claim.strategies || []).length > 1) found.push(claim.strategies.length + " strategies share this claim: their parts cannot be told apart.");
    if (counts.rank(claim.link) === 2) found.push("An aim is stated, no result.");
    if (schools.length && (claim.networks || []).length) found.push("About " + words(schools) + ", not the whole network.");
    if (claim.feature !== undefined && own !== undefined && claim.feature !== own) {
      found.push("The source tells it under “" + things[claim.feature].label + "”; the outcome belongs to “" + things[own].label + "”.");
    }
    if (claim.note) found.push(claim.note);
    return found;
  }

  function card(number) {
    const claim = claims[number];
    const link = marks.ofLink(counts.rank(claim.link));
    const warn = cautions(claim);
    const row = (term, ...value) => (value.flat(3).length ? [el("dt", {}, term), el("dd", {}, value)] : []);
    return el("article", { class: "claim", "data-claim": claim.id },
      el("h3", {}, el("bdi", {}, claim.text || claim.id)),
      el("p", { class: "tie" }, marks.swatch(counts.rank(claim.link)), el("strong", {}, things[claim.link].label), ": " + link.text,
        claim.direction !== undefined && el("span", { class: "direction" }, things[claim.direction].label)),
      el("dl", {},
        row("Done", (claim.strategies || []).map((strategy) => el("div", {}, links([strategy])))),
        row("Outcome", links([claim.outcome]), claim.through ? [", by way of ", links(claim.through)] : []),
        row("Where", links((claim.networks || []).length ? [...new Set([...claim.networks, ...(claim.about || [])])] : claim.about)),
        row("Says who", links(claim.by)),
        row("For whom", claim.affects ? words(claim.affects) : []),
        row("Enquiry", counts.ofSort("enquiry").length > 1 && claim.enquiries ? links(claim.enquiries) : [])),
      el("ul", { class: "items" }, (claim.evidence || []).map((pair) => item(pair[0], pair[1]))),
      warn.length > 0 && el("div", { class: "cautions" }, el("strong", {}, warn.length > 1 ? "Cautions" : "Caution"), el("ul", {}, warn.map((text) => el("li", {}, text)))),
      !(claim.evidence || []).length && places(claim.passages));
  }

  return { card, link, links, places, words };
})();
