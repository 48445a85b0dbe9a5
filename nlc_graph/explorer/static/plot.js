"use strict";
// Figures as a small chart: before and after, or side by side, with the comparator if there is one.
const plot = (function () {
  const { svg } = dom;
  const LEFT = 66, RIGHT = 206, TOP = 18, DEEP = 50;

  function draw(figures, text) {
    const lines = [{ ...figures, css: "own" }, ...figures.others.map((other) => ({ ...other, css: "other" }))];
    if (figures.start !== null && figures.periods.length === 2) {
      return slope(lines.filter((line) => line.start !== null && line.end !== null), figures, text);
    }
    const bars = lines.filter((line) => line.value !== null);
    return bars.length > 1 || figures.periods.length === 2 ? bar(bars, figures, text) : null;
  }

  // The axis spans at least a third of the greatest number, so that a small change looks small.
  function slope(lines, figures, text) {
    const values = lines.flatMap((line) => [line.start, line.end]);
    const high = Math.max(...values), low = Math.min(...values);
    const span = Math.max(high - low, Math.max(Math.abs(high), Math.abs(low)) / 3) || 1;
    const middle = (high + low) / 2;
    const y = (value) => TOP + DEEP / 2 - ((value - middle) / span) * DEEP;
    const ends = (field) => apart(lines.map((line) => y(line[field]) + 4));
    const [first, last] = [ends("start"), ends("end")];
    return svg("svg", { class: "plot", viewBox: "0 0 300 96", role: "img", "aria-label": text },
      svg("line", { x1: LEFT, x2: LEFT, y1: 8, y2: 76, class: "axis" }),
      svg("line", { x1: RIGHT, x2: RIGHT, y1: 8, y2: 76, class: "axis" }),
      lines.map((line, index) => [
        svg("line", { x1: LEFT, x2: RIGHT, y1: y(line.start), y2: y(line.end), class: line.css }),
        svg("circle", { cx: LEFT, cy: y(line.start), r: 3, class: line.css }),
        svg("circle", { cx: RIGHT, cy: y(line.end), r: 3, class: line.css }),
        svg("text", { x: LEFT - 8, y: first[index], "text-anchor": "end", class: line.css }, exact(line, "start")),
        svg("text", { x: RIGHT + 8, y: last[index], class: line.css }, exact(line, "end") + (line.css === "other" ? " " + short(line.unit, 12) : "")),
      ]),
      figures.periods.map((period, index) => svg("text", { x: index ? RIGHT : LEFT, y: 91, "text-anchor": "middle", class: "period" }, short(period, 21))));
  }

  // Heights of labels, moved apart so that they do not overlap.
  function apart(heights) {
    const order = heights.map((_, index) => index).sort((a, b) => heights[a] - heights[b]);
    const moved = heights.slice();
    for (let place = 1; place < order.length; place += 1) {
      moved[order[place]] = Math.max(moved[order[place]], moved[order[place - 1]] + 13);
    }
    return moved;
  }

  function bar(lines, figures, text) {
    const most = Math.max(...lines.map((line) => Math.abs(line.value))) || 1;
    const sign = figures.periods.length === 2;
    return svg("svg", { class: "plot", viewBox: "0 0 300 " + (lines.length * 32 + 2), role: "img", "aria-label": text },
      lines.map((line, index) => {
        const long = Math.max((Math.abs(line.value) / most) * 230, 1);
        return [
          svg("text", { x: 0, y: index * 32 + 11, class: line.css }, short(line.unit, 44)),
          svg("rect", { x: 0, y: index * 32 + 16, width: long, height: 9, class: line.css }),
          svg("text", { x: long + 6, y: index * 32 + 25, class: line.css }, exact(line, "value", sign)),
        ];
      }));
  }

  // A bound or an approximate value has a sign before it.
  const BOUNDS = { "at-least": "≥ ", "more-than": "> ", "at-most": "≤ ", "less-than": "< ", approximate: "≈ " };
  const exact = (line, field, sign) => (BOUNDS[(line.bounds || {})[field]] || "") + (sign && line[field] >= 0 ? "+" : "") + String(Number(line[field].toFixed(2)));
  const short = (text, length) => (text.length > length ? text.slice(0, length - 1) + "…" : text);

  return { draw };
})();
