"use strict";
// Kinds of evidence by shape, position and colour; link types by the background of a cell.
const marks = (function () {
  const KINDS = [
    { name: "figures", one: "figure", text: "numbers, or data reported to show it" },
    { name: "testimony", one: "testimony", text: "what people reported" },
    { name: "authors' statement", one: "authors' statement", text: "stated by the authors" },
    { name: "inspected, observed or cited", one: "inspection, observation or study", text: "inspection report, observation or another study" },
  ];
  const LINKS = [
    { css: "attributed", name: "attributed", brief: "somebody credits the practice", text: "somebody credits the practice with bringing it about or helping to" },
    { css: "co-reported", name: "co-reported", brief: "reported together, no more", text: "practice and outcome are reported together, no more" },
    { css: "intended", name: "intended", brief: "an aim is stated, no result", text: "the outcome is an aim; no result is reported" },
    { css: "unlinked", name: "no practice linked", brief: "the outcome alone", text: "an outcome is reported and no practice is linked to it" },
  ];
  const SHAPES = [
    ["rect", { x: 1, y: 1, width: 8, height: 8 }],
    ["circle", { cx: 5, cy: 5, r: 4.4 }],
    ["path", { d: "M5 .6 9.6 9.2H.4z" }],
    ["path", { d: "M5 0 10 5 5 10 0 5z" }],
  ];

  // One mark. It is decorative: the text beside it or the label of its cell has the same information.
  function mark(kind, css = "") {
    const [tag, attributes] = SHAPES[kind];
    return dom.svg("svg", { viewBox: "0 0 10 10", class: "mark kind" + kind + " " + css, "aria-hidden": "true", focusable: "false" },
      dom.svg(tag, attributes));
  }

  // The four positions of a cell; the position of a missing kind stays empty.
  const strip = (numbers) => dom.el("span", { class: "strip", "aria-hidden": "true" },
    numbers.map((count, kind) => (count ? mark(kind) : dom.el("span", { class: "mark" }))));

  const asText = (numbers) => numbers.map((count, kind) => (count ? KINDS[kind].name + " " + count : "")).filter(Boolean).join(", ");
  const ofLink = (rank) => LINKS[Math.min(rank, 3)];
  // Dashes of a line between a practice and an outcome type, by link type: solid, dashed, dotted.
  const dashes = (rank) => [false, [9, 4], [2, 4]][rank] || false;
  const stroke = (rank) => dom.svg("svg", { viewBox: "0 0 30 8", class: "stroke", "aria-hidden": "true", focusable: "false" },
    dom.svg("line", { x1: 0, x2: 30, y1: 4, y2: 4, "stroke-dasharray": dashes(rank) ? dashes(rank).join(" ") : null }));
  const swatch = (rank) => dom.el("span", { class: "swatch " + ofLink(rank).css, "aria-hidden": "true" });

  return { KINDS, LINKS, SHAPES, mark, strip, asText, ofLink, dashes, stroke, swatch };
})();
