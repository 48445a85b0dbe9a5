"use strict";
// Take away what is in view: table as CSV, map or drawing as a picture.
const save = (function () {
  const { el, svg } = dom;
  const { claims, evidence, model } = counts;

  function offer(name, blob) {
    const link = el("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // Spreadsheet programs run cells that start like this; an apostrophe makes them text.
  const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? "'" + text : text);
  const quoted = (text) => '"' + safe(text).replaceAll('"', '""') + '"';

  function toCsv() {
    const place = (number) => model.passages[number].section + ": “" + model.passages[number].opens + " … " + model.passages[number].closes + "”";
    const head = [...table.COLUMNS.map((column) => column[1]), "Evidence in words", "Says who", "Where in the source", "Note", "Identifier"];
    const rows = table.places().map((number) => {
      const claim = claims[number];
      return [...table.COLUMNS.map((column) => column[2](claim)), (claim.evidence || []).map((pair) => ["", "but: ", "against: "][pair[1]] + (evidence[pair[0]].text || "")).join(" | "),
        cards.words(claim.by), (claim.passages || []).map(place).join(" | "), claim.note || "", claim.id];
    });
    return "\ufeff" + [head, ...rows].map((row) => row.map(quoted).join(",") + "\r\n").join("");
  }

  const csv = () => offer("claims.csv", new Blob([toCsv()], { type: "text/csv;charset=utf-8" }));

  // -- pictures --------------------------------------------------------------------------------------------------------

  function caption() {
    return [dom.byId("shows").textContent.trim(), dom.byId("sentence").textContent.trim() + " Reported relationships, not proof of cause."];
  }

  // The map as SVG: each word where it stands on the screen, each mark and ground as drawn.
  function mapAsSvg(grid) {
    const box = grid.getBoundingClientRect();
    const parts = [];
    grid.querySelectorAll("th, td").forEach((cell) => {
      const at = cell.getBoundingClientRect(), style = getComputedStyle(cell);
      const x = at.left - box.left, y = at.top - box.top + 56;
      parts.push(svg("rect", { x, y, width: at.width, height: at.height, fill: style.backgroundColor === "rgba(0, 0, 0, 0)" ? "#fff" : style.backgroundColor, stroke: "#d5dae1", "stroke-width": 0.5 }));
      if (cell.classList.contains("co-reported")) parts.push(svg("line", { x1: x + 2, x2: x + 2, y1: y + 2, y2: y + at.height - 2, stroke: "#7d8795", "stroke-width": 2, "stroke-dasharray": "2 3" }));
      if (cell.classList.contains("intended")) parts.push(svg("rect", { x: x + 2.5, y: y + 2.5, width: at.width - 5, height: at.height - 5, fill: "none", stroke: "#7d8795", "stroke-dasharray": "4 3" }));
      if (!cell.querySelector("select")) words(cell, style, box, parts);
      cell.querySelectorAll("svg.mark").forEach((mark) => {
        const where = mark.getBoundingClientRect(), shape = mark.firstElementChild.cloneNode();
        shape.setAttribute("fill", getComputedStyle(mark.firstElementChild).fill);
        parts.push(svg("svg", { x: where.left - box.left, y: where.top - box.top + 56, width: where.width, height: where.height, viewBox: "0 0 10 10" }, shape));
      });
    });
    const width = Math.max(grid.scrollWidth, 640), height = grid.scrollHeight + 64;
    return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: "0 0 " + width + " " + height, "font-family": "sans-serif" },
      svg("rect", { width, height, fill: "#fff" }),
      caption().map((text, line) => svg("text", { x: 8, y: 20 + line * 20, "font-size": line ? 12 : 14, "font-weight": line ? 400 : 600, fill: "#1c2430" }, text)), parts);
  }

  function words(cell, style, box, parts) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const upright = cell.classList.contains("narrow") && cell.tagName === "TH";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const match of node.data.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const at = range.getBoundingClientRect();
        const x = at.left - box.left, y = at.top - box.top + 56;
        const look = { "font-size": style.fontSize, "font-weight": style.fontWeight, fill: style.color };
        if (upright) parts.push(svg("text", { ...look, transform: "translate(" + (x + at.width * 0.75) + " " + (y + at.height) + ") rotate(-90)" }, match[0]));
        else parts.push(svg("text", { ...look, x, y: y + at.height * 0.78 }, match[0]));
      }
    }
  }

  function mapPicture(grid) {
    const drawn = mapAsSvg(grid);
    const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(drawn)], { type: "image/svg+xml" }));
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = el("canvas", { width: image.width * 2, height: image.height * 2 });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      canvas.toBlob((blob) => offer("evidence-map.png", blob));
    });
    image.src = url;
  }

  function drawingPicture(drawn) {
    const canvas = el("canvas", { width: Math.max(drawn.width, 700), height: drawn.height + 60 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "#1c2430";
    caption().forEach((text, line) => {
      pen.font = (line ? "" : "bold ") + "14px sans-serif";
      pen.fillText(text, 8, 20 + line * 22, canvas.width - 16);
    });
    pen.drawImage(drawn, 0, 56);
    canvas.toBlob((blob) => offer("network.png", blob));
  }

  function picture() {
    const grid = document.querySelector("table.map"), drawn = document.querySelector("#drawing-ground canvas");
    if (grid) mapPicture(grid);
    else if (drawn) drawingPicture(drawn);
    else return dom.notify("There is no picture of a table; save it as CSV, or choose another view.");
    return dom.notify("Picture saved");
  }

  async function link() {
    try {
      await navigator.clipboard.writeText(location.href);
      dom.notify("Address of this view copied");
    } catch {
      window.prompt("Address of this view", location.href); // no clipboard without permission or on some file pages
    }
  }

  dom.byId("picture").addEventListener("click", picture);
  dom.byId("link").addEventListener("click", link);
  dom.byId("print").addEventListener("click", () => window.print());
  document.addEventListener("click", (event) => event.target.closest("#csv") && csv());

  return { toCsv, mapAsSvg };
})();
