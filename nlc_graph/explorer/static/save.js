"use strict";
// Save the view: the table as CSV, the map or the network as a picture.
const save = (function () {
  const { el } = dom;
  const { claims, evidence, model } = counts;

  function offer(name, blob) {
    const link = el("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // Spreadsheet programs run such cells as formulas; an apostrophe makes them text.
  const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? "'" + text : text);
  const quoted = (text) => '"' + safe(text).replaceAll('"', '""') + '"';

  function toCsv() {
    const passage = (number) => model.passages[number].section + ": “" + model.passages[number].opens + " … " + model.passages[number].closes + "”";
    const head = [...table.COLUMNS.map((column) => column[1]), "Evidence as text", "Stated by", "Where in the source", "Note", "Identifier"];
    const rows = table.places().map((number) => {
      const claim = claims[number];
      return [...table.COLUMNS.map((column) => column[2](claim)), (claim.evidence || []).map((pair) => ["", "but: ", "against: "][pair[1]] + (evidence[pair[0]].text || "")).join(" | "),
        cards.labels(claim.by), (claim.passages || []).map(passage).join(" | "), claim.note || "", claim.id];
    });
    return "\ufeff" + [head, ...rows].map((row) => row.map(quoted).join(",") + "\r\n").join("");
  }

  const csv = () => offer("claims.csv", new Blob([toCsv()], { type: "text/csv;charset=utf-8" }));

  function takePicture() {
    const made = picture.make();
    if (!made) return dom.notify("There is no picture of a table; save it as CSV, or choose another view.");
    made[0].toBlob((blob) => blob ? offer(made[1], blob) : dom.notify("The picture would be too large; narrow it by a filter."));
    return dom.notify("Picture saved");
  }

  async function link() {
    try {
      await navigator.clipboard.writeText(state.link());
      dom.notify("Address of this view copied");
    } catch {
      window.prompt("Address of this view", state.link()); // without permission, and on some file pages, there is no clipboard
    }
  }

  dom.byId("picture").addEventListener("click", takePicture);
  dom.byId("link").addEventListener("click", link);
  dom.byId("print").addEventListener("click", () => window.print());
  document.addEventListener("click", (event) => event.target.closest("#csv") && csv());

  return { toCsv };
})();
