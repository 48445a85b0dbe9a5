"use strict";
// Kinds of evidence by shape, place and colour; link types by the ground of a cell.
const marks = (function () {
  const KINDS = [
    { name: "figures", one: "figure", text: "numbers, or data said to show it" },
    { name: "testimony", one: "testimony", text: "what people said" },
    { name: "authors' statement", one: "authors' statement", text: "they say so, no more" },
    { name: "inspected, observed or cited", one: "inspection, observation or study", text: "inspection report, observation or another study" },
  ];
  const LINKS = [
    { css: "attributed", name: "attributed", brief: "somebody credits the practice", text: "somebody says that the practice brought it about or helped to" },
    { css: "co-reported", name: "co-reported", brief: "told together, no more", text: "practice and outcome are told together, no more" },
    { css: "intended", name: "intended", brief: "an aim is stated, no result", text: "the outcome is an aim; no result is told" },
    { css: "untied", name: "no practice tied", brief: "only the outcome is told", text: "an outcome is reported and no practice is tied to it" },
  ];
  const SHAPES = [
    ["rect", { x: 1, y: 1, width: 8, height: 8 }],
    ["circle", { cx: 5, cy: 5, r: 4.4 }],
    ["path", { d: "M5 .6 9.6 9.2H.4z" }],
    ["path", { d: "M5 0 10 5 5 10 0 5z" }],
  ];

  // One mark; decorative, since what it says stands in words beside it or in the name of its cell.
  function mark(kind, css = "") {
    const [tag, attributes] = SHAPES[kind];
    return dom.svg("svg", { viewBox: "0 0 10 10", class: "mark kind" + kind + " " + css, "aria-hidden": "true", focusable: "false" },
      dom.svg(tag, attributes));
  }

  // The four places of a cell: a kind that is not there leaves its place empty.
  const strip = (numbers) => dom.el("span", { class: "strip", "aria-hidden": "true" },
    numbers.map((count, kind) => (count ? mark(kind) : dom.el("span", { class: "mark" }))));

  const inWords = (numbers) => numbers.map((count, kind) => (count ? KINDS[kind].name + " " + count : "")).filter(Boolean).join(", ");
  const ofLink = (rank) => LINKS[Math.min(rank, 3)];
  // How a line between a practice and an outcome type is broken, as its ground is told: whole, dashed, dotted.
  const dashes = (rank) => [false, [9, 4], [2, 4]][rank] || false;
  const stroke = (rank) => dom.svg("svg", { viewBox: "0 0 30 8", class: "stroke", "aria-hidden": "true", focusable: "false" },
    dom.svg("line", { x1: 0, x2: 30, y1: 4, y2: 4, "stroke-dasharray": dashes(rank) ? dashes(rank).join(" ") : null }));
  const swatch = (rank) => dom.el("span", { class: "swatch " + ofLink(rank).css, "aria-hidden": "true" });

  return { KINDS, LINKS, SHAPES, mark, strip, inWords, ofLink, dashes, stroke, swatch };
})();
