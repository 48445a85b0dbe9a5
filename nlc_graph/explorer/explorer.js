"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const rows = Array.from(document.querySelectorAll("#rows tr"));
  const search = document.getElementById("search");
  const count = document.getElementById("count");
  let chosen = "";

  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function refresh() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = fold(row.textContent);
      const fits = words.every((word) => text.includes(word)) && (!chosen || row.dataset.ids.split(" ").includes(chosen));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    const hidden = rows.length - shown;
    count.textContent = shown + " links shown" + (hidden ? ", " + hidden + " hidden by your choice" : "");
  }

  const view = document.getElementById("drawing");
  const network = new vis.Network(view, { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) }, data.options);
  network.moveTo({ position: { x: view.clientWidth / 2, y: view.clientHeight / 2 }, scale: 1, animation: false });
  network.on("selectNode", function (event) { chosen = String(event.nodes[0]); refresh(); });
  network.on("deselectNode", function () { chosen = ""; refresh(); });
  search.addEventListener("input", refresh);
  document.getElementById("clear").addEventListener("click", function () {
    search.value = "";
    chosen = "";
    network.unselectAll();
    refresh();
  });
  document.documentElement.dataset.ready = "true";
})();
