"use strict";
// The view as a picture: a heading, the map or the network, and a key.
const picture = (function () {
  const { el, byId } = dom;
  const EDGE = 16, LINE = 20, KEY = 52;
  const INK = "#1c2430", QUIET = "#566070", RULE = "#d5dae1", HALF = "#767f8c";
  const FACE = getComputedStyle(document.body).fontFamily;

  // A canvas with heading and key; `paint` draws into the space between them.
  function sheet(width, height, key, paint) {
    const wide = Math.max(width + 2 * EDGE, 720);
    const lines = wrapped(heading(), wide - 2 * EDGE);
    const top = EDGE + 28 + lines.length * LINE + 8;
    const tall = top + height + KEY + EDGE;
    const scale = wide * tall > 2e7 ? 1 : 2; // browsers refuse very large ones
    const canvas = el("canvas", { width: wide * scale, height: tall * scale });
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, wide, tall);
    write(pen, document.querySelector("h1").textContent, EDGE, EDGE + 16, "650 20px " + FACE, INK);
    lines.forEach((line, index) => write(pen, line, EDGE, EDGE + 28 + 14 + index * LINE, "13px " + FACE, QUIET));
    pen.save();
    pen.translate(EDGE, top);
    paint(pen, scale);
    pen.restore();
    key(pen, EDGE, top + height + 28);
    return canvas;
  }

  function write(pen, text, x, y, font, fill) {
    pen.font = font;
    pen.fillStyle = fill;
    pen.fillText(text, x, y);
    return x + pen.measureText(text).width;
  }

  function heading() {
    const title = state.now.selected.length ? "Selected: " + state.now.selected.map(panel.title).join(" and ") + ". " : "";
    return byId("shows").textContent.trim() + " " + title + byId("sentence").textContent.trim() + " Reported relationships, not proof of cause.";
  }

  function wrapped(text, width) {
    const pen = el("canvas").getContext("2d");
    pen.font = "13px " + FACE;
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const longer = (lines[lines.length - 1] + " " + word).trim();
      if (pen.measureText(longer).width > width && lines[lines.length - 1]) lines.push(word.slice(0, 200));
      else lines[lines.length - 1] = longer;
    }
    return lines.slice(0, 6);
  }

  // -- marks and backgrounds -----------------------------------------------------------------------------------------------

  function mark(pen, kind, x, y, size) {
    const [tag, shape] = marks.SHAPES[kind];
    pen.save();
    pen.translate(x, y);
    pen.scale(size / 10, size / 10);
    pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--" + ["figures", "testimony", "statement", "outside"][kind]);
    const path = tag === "path" ? new Path2D(shape.d) : new Path2D();
    if (tag === "rect") path.rect(shape.x, shape.y, shape.width, shape.height);
    if (tag === "circle") path.arc(shape.cx, shape.cy, shape.r, 0, 7);
    pen.fill(path);
    pen.restore();
  }

  function ground(pen, css, x, y, width, height, inset = 3) {
    pen.fillStyle = { attributed: "#dbe3ee", "co-reported": "#eef2f7" }[css] || "#fff";
    pen.fillRect(x, y, width, height);
    pen.fillStyle = HALF;
    if (css === "co-reported") [[0, 2], [4, 1]].forEach(([from, wide]) => pen.fillRect(x + from, y, wide, height));
    if (css === "intended") frame(pen, x + inset, y + inset, width - 2 * inset, height - 2 * inset, HALF, 1, [4, 3]);
  }

  function frame(pen, x, y, width, height, stroke, wide, dashes = []) {
    pen.strokeStyle = stroke;
    pen.lineWidth = wide;
    pen.setLineDash(dashes);
    pen.strokeRect(x, y, width, height);
    pen.setLineDash([]);
  }

  const linkName = (rank) => (counts.entities[counts.ofSort("link").find((place) => counts.rank(place) === rank)] || { label: marks.LINKS[rank].name }).label;

  function mapKey(pen, left, y) {
    let x = left;
    marks.KINDS.forEach((kind, index) => {
      mark(pen, index, x, y - 10, 11);
      x = write(pen, kind.name, x + 17, y, "13px " + FACE, INK) + 18;
    });
    x = left;
    marks.LINKS.slice(0, 3).forEach((link, rank) => {
      ground(pen, link.css, x, y + 10, 18, 14, 0);
      if (rank < 2) frame(pen, x, y + 10, 18, 14, HALF, 1);
      x = write(pen, linkName(rank), x + 25, y + 22, "13px " + FACE, INK) + 18;
    });
    write(pen, "–  gap: nothing recorded", x, y + 22, "13px " + FACE, INK);
  }

  function lineKey(pen, left, y) {
    let x = write(pen, "Practice and outcome type: ", left, y, "13px " + FACE, QUIET) + 8;
    marks.LINKS.slice(0, 3).forEach((_, rank) => {
      pen.strokeStyle = INK;
      pen.lineWidth = 2;
      pen.setLineDash(marks.dashes(rank) || []);
      pen.beginPath();
      pen.moveTo(x, y - 5);
      pen.lineTo(x + 30, y - 5);
      pen.stroke();
      pen.setLineDash([]);
      x = write(pen, linkName(rank), x + 37, y, "13px " + FACE, INK) + 18;
    });
  }

  // -- the map ---------------------------------------------------------------------------------------------------------

  function ofMap(grid) {
    const pane = grid.parentElement, kept = [pane.scrollLeft, pane.scrollTop];
    pane.scrollTo(0, 0); // sticky headings return to their own position
    const box = grid.getBoundingClientRect();
    const canvas = sheet(grid.offsetWidth, grid.offsetHeight, mapKey, (pen) => {
      // The headings last, because their line covers the edge of the first row.
      [...grid.querySelectorAll("tbody th, tbody td"), ...grid.tHead.querySelectorAll("th, td")].forEach((cell) => drawCell(pen, cell, box));
    });
    pane.scrollTo(...kept);
    return canvas;
  }

  function drawCell(pen, cell, box) {
    const at = cell.getBoundingClientRect(), x = at.left - box.left, y = at.top - box.top;
    const css = ["attributed", "co-reported", "intended"].find((name) => cell.classList.contains(name));
    ground(pen, css, x, y, at.width - 1, at.height);
    pen.fillStyle = cell.closest("thead") ? INK : RULE;
    pen.fillRect(x, y + at.height - 1, at.width, cell.closest("thead") ? 2 : 1);
    if (!cell.querySelector("select")) pieces(cell).forEach((piece) => drawText(pen, piece, box, at));
    cell.querySelectorAll("svg.mark").forEach((drawn) => {
      const where = drawn.getBoundingClientRect();
      mark(pen, [0, 1, 2, 3].find((kind) => drawn.classList.contains("kind" + kind)), where.left - box.left, where.top - box.top, where.width);
    });
    const ring = cell.getAttribute("aria-selected") === "true" ? 3 : cell.classList.contains("lit") ? 2 : 0;
    if (ring) frame(pen, x + ring / 2, y + ring / 2, at.width - 1 - ring, at.height - ring, INK, ring);
  }

  // The text of a cell, line by line as on the screen.
  function pieces(cell) {
    const found = [];
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const style = getComputedStyle(node.parentElement);
      const isUpright = style.writingMode.startsWith("vertical");
      let line = null;
      for (const match of node.data.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const at = range.getBoundingClientRect();
        const edge = Math.round(isUpright ? at.left : at.top);
        if (line && Math.abs(line.edge - edge) < 3) line.text += " " + match[0];
        else found.push((line = { text: match[0], edge, at, style, isUpright }));
      }
    }
    return found;
  }

  function drawText(pen, { text, at, style, isUpright }, box, cell) {
    // Skip lines that the screen hides.
    if (at.top > cell.bottom - 4 || at.left > cell.right - 4 || !at.width) return;
    const font = [style.fontStyle, style.fontWeight, style.fontSize, FACE].join(" ");
    pen.save();
    pen.beginPath();
    pen.rect(cell.left - box.left, cell.top - box.top, cell.width, cell.height);
    pen.clip();
    if (isUpright) {
      pen.translate(at.left - box.left + at.width * 0.76, at.bottom - box.top);
      pen.rotate(-Math.PI / 2);
      write(pen, text, 0, 0, font, style.color);
    } else write(pen, text, at.left - box.left, at.top - box.top + at.height * 0.78, font, style.color);
    pen.restore();
  }

  // -- the network -----------------------------------------------------------------------------------------------------

  function ofDrawing() {
    const { canvas, width, height } = network.sharp(2);
    return sheet(width, height, lineKey, (pen) => pen.drawImage(canvas, 0, 0, width, height));
  }

  // A canvas of the view and a file name; null for the table.
  function make() {
    const grid = document.querySelector("table.map");
    if (grid) return [ofMap(grid), "evidence-map.png"];
    if (network.isDrawn()) return [ofDrawing(), "network.png"];
    return null;
  }

  return { make };
})();
