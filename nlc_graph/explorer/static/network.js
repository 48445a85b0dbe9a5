"use strict";
// The network: all of it at positions computed in Python, or a selection and its neighbours at reading size.
const network = (function () {
  const { el, number, plural } = dom;
  const { entities, claims, model } = counts;
  const MOST = 60;
  const SORTS = ["network", "practice", "outcome", "feature"];
  const HEADINGS = ["Networks", "Practices", "Outcome types", "Key features"];
  const drawing = JSON.parse(dom.byId("drawing").textContent);
  const FONT = drawing.options.nodes.font;
  let canvas = null, shown = null, pairs = new Map(), camera = null;

  // -- lines and neighbours --------------------------------------------------------------------------------------------------

  // The lines of some claims: "left right" to the claims behind the line.
  function linesOf(places) {
    const joined = new Map();
    const join = (one, other, place) => {
      const key = one + " " + other;
      if (!joined.has(key)) joined.set(key, new Set());
      joined.get(key).add(place);
    };
    for (const place of places) {
      const claim = claims[place];
      const feature = entities[claim.outcome].feature;
      for (const practice of claim.practices || []) join(practice, claim.outcome, place);
      if ((claim.practices || []).length && feature !== undefined) join(claim.outcome, feature, place);
      for (const strategy of claim.strategies || []) {
        for (const net of entities[strategy].networks || []) for (const practice of entities[strategy].practices || []) join(net, practice, place);
      }
    }
    return joined;
  }

  // The entities within some steps of the selection, nearest and those with most claims first, up to MOST.
  function around(steps) {
    const core = linesOf(state.selection().shown);
    const whole = linesOf(state.inView());
    const beside = new Map();
    for (const [key, places] of whole) {
      const [one, other] = key.split(" ").map(Number);
      for (const [a, b] of [[one, other], [other, one]]) {
        if (!beside.has(a)) beside.set(a, []);
        beside.get(a).push([b, places.size]);
      }
    }
    const keys = state.now.selected.map((key) => counts.entityIndex.get(key.replace(/^under\//, ""))).filter((place) => place !== undefined);
    const start = new Set(keys.length === 1 && SORTS.includes(entities[keys[0]].sort) ? keys.filter((key) => beside.has(key)) : []);
    // A family, a pair, a person or a school has no lines of its own: start from the ends of its claims' lines.
    const first = start.size ? start : new Set([...core.keys()].flatMap((key) => key.split(" ").map(Number)));
    let nodes = new Set(first), edge = first, left = 0;
    for (let step = start.size ? 0 : 1; step < steps; step += 1) {
      const next = new Map();
      // Do not continue through a key feature: it joins all its outcome types, related or not.
      const through = [...edge].filter((node) => step === 0 || entities[node].sort !== "feature");
      for (const node of through) for (const [other, weight] of beside.get(node) || []) if (!nodes.has(other)) next.set(other, (next.get(other) || 0) + weight);
      const ordered = [...next].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map((pair) => pair[0]);
      const room = Math.max(MOST - nodes.size, 0);
      left += Math.max(ordered.length - room, 0);
      edge = new Set(ordered.slice(0, room));
      nodes = new Set([...nodes, ...edge]);
    }
    if (nodes.size > MOST) {
      left += nodes.size - MOST;
      nodes = new Set([...nodes].slice(0, MOST));
    }
    const joined = new Map([...whole].filter(([key]) => key.split(" ").every((node) => nodes.has(Number(node)))));
    return { nodes: [...nodes], joined, left, keys };
  }

  // Lines from a practice to an outcome type are solid, dashed or dotted by the strongest link type of their claims.
  function dashesOf(from, places) {
    if (entities[Number(from)].sort !== "practice") return false;
    return marks.dashes(Math.min(...[...places].map((place) => counts.rank(claims[place].link))));
  }

  // -- positions -------------------------------------------------------------------------------------------------

  function focused(width) {
    const found = around(state.now.steps);
    const size = state.now.larger ? 18 : 14;
    const columns = SORTS.map((sort) => found.nodes.filter((node) => entities[node].sort === sort));
    const used = columns.filter((column) => column.length).length || 1;
    const box = Math.min(Math.max((width - 24) / (used + 0.55 * (used - 1)), 110), 230);
    const gap = used > 1 ? Math.min(Math.max((width - 24 - used * box) / (used - 1), 36), 200) : 36;
    const perLine = Math.max(Math.floor((box - 16) / (size * 0.53)), 6);
    const heights = new Map(found.nodes.map((node) => [node, lines(entities[node].label, perLine) * size * 1.25 + 14]));
    order(columns, found.joined);
    const tall = Math.max(...columns.map((column) => column.reduce((sum, node) => sum + heights.get(node) + 12, 0)), 120);
    const nodes = [], y0 = 56;
    let x = 12 + box / 2;
    columns.forEach((column, layer) => {
      if (!column.length) return;
      const all = column.reduce((sum, node) => sum + heights.get(node) + 12, 0);
      let y = y0 + (tall - all) / 2;
      nodes.push({ id: "heading " + layer, label: HEADINGS[layer], x, y: 22, shape: "text", font: { ...FONT, size: size + 1 } });
      for (const node of column) {
        const chosen = found.keys.includes(node);
        nodes.push({
          id: String(node), label: clip(entities[node].label), x, y: y + heights.get(node) / 2, shape: "box", margin: 6,
          widthConstraint: { minimum: box - 14, maximum: box - 14 }, borderWidth: chosen ? 3 : 1,
          font: { ...FONT, size }, color: { background: chosen ? "#eef1f6" : "#ffffff", border: chosen ? "#1c2430" : "#8d97a5" },
        });
        y += heights.get(node) + 12;
      }
      x += box + gap;
    });
    const edges = [...found.joined].map(([key, places]) => {
      const [from, to] = key.split(" ");
      const lit = found.keys.length === 0 || found.keys.length > 1 || found.keys.some((node) => [from, to].includes(String(node)));
      return { id: key, from, to, arrows: "", width: Math.min(1 + places.size / 2, 6), dashes: dashesOf(from, places), color: { color: lit ? "#5b6675" : "#c5cbd4", opacity: lit ? 0.8 : 0.7 } };
    });
    return { nodes, edges, width: Math.max(x - gap - box / 2 + 12, 10), height: tall + y0 + 16, joined: found.joined, left: found.left };
  }

  const clip = (text) => (text.length > 90 ? text.slice(0, 89) + "…" : text);

  function lines(label, perLine) {
    let count = 1, used = 0;
    for (const word of clip(label).split(" ")) {
      if (used && used + 1 + word.length > perLine) {
        count += 1;
        used = 0;
      }
      used += (used ? 1 : 0) + word.length;
      while (used > perLine) {
        count += 1;
        used -= perLine;
      }
    }
    return count;
  }

  // Sort each column by the mean position of its neighbours in the other columns, so that fewer lines cross.
  function order(columns, joined) {
    const beside = new Map();
    for (const key of joined.keys()) {
      const [a, b] = key.split(" ").map(Number);
      for (const [one, other] of [[a, b], [b, a]]) beside.set(one, (beside.get(one) || []).concat(other));
    }
    columns.forEach((column) => column.sort(counts.compare));
    if (columns[3].length) columns[3].sort((a, b) => a - b);
    for (const layer of [2, 1, 0, 1, 2]) {
      const places = new Map(columns.flatMap((column) => column.map((node, index) => [node, (index + 0.5) / column.length])));
      const mean = (node) => {
        const near = (beside.get(node) || []).filter((other) => places.has(other));
        return near.length ? near.reduce((sum, other) => sum + places.get(other), 0) / near.length : 1;
      };
      const means = new Map(columns[layer].map((node) => [node, mean(node)]));
      columns[layer].sort((a, b) => means.get(a) - means.get(b));
    }
  }

  // The whole network, reduced to the lines that pass the filters.
  function whole() {
    const joined = linesOf(state.inView());
    const isGrouped = model.sizes.not_drawn > 0;
    const top = (node) => (entities[node].sort === "practice" ? counts.top(node) : entities[node].sort === "outcome" ? entities[node].feature : node);
    const kept = new Map();
    for (const [key, places] of joined) {
      const ends = key.split(" ").map(Number).map((node) => (isGrouped ? top(node) : node));
      const name = ends.slice().sort((a, b) => SORTS.indexOf(entities[a] && entities[a].sort) - SORTS.indexOf(entities[b] && entities[b].sort)).join(" ");
      if (ends[0] !== ends[1]) kept.set(name, new Set([...(kept.get(name) || []), ...places]));
    }
    const isReduced = state.isFiltered();
    const edges = drawing.edges.filter((edge) => kept.has(edge.from + " " + edge.to)).map((edge) => {
      const places = kept.get(edge.from + " " + edge.to);
      return { ...edge, dashes: dashesOf(edge.from, places), ...(isReduced ? { width: Math.min(1 + places.size / 2, 6), color: { color: "#5b6675", opacity: 0.7 } } : {}) };
    });
    const touched = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
    const nodes = drawing.nodes.map((node) => (!isReduced || touched.has(node.id) || node.shape === "text" ? node : { ...node, opacity: 0.18, font: { ...FONT, ...node.font, color: "#b6bdc7" } }));
    return { nodes, edges, width: model.sizes.width, height: model.sizes.height, joined: kept, left: 0 };
  }

  // -- drawing ---------------------------------------------------------------------------------------------------------

  function show(view) {
    const isWhole = !state.now.selected.length;
    const bar = el("div", { class: "network-bar" }, isWhole ? wholeBar() : focusBar());
    const frame = el("div", { class: "scroll network-scroll", tabindex: "0", role: "region", "aria-label": "Network, scrollable" });
    const ground = el("div", { id: "drawing-ground", role: "img", "aria-label": "Network of networks, practices, outcome types and key features. The table has the same information." });
    const headings = el("div", { class: "network-headings", "aria-hidden": "true" });
    frame.append(headings, ground);
    view.append(bar, frame);
    const width = frame.clientWidth - 2;
    shown = isWhole ? whole() : focused(width);
    pairs = shown.joined;
    if (!shown.nodes.some((node) => node.shape === "box")) {
      frame.replaceWith(state.inView().length ? el("p", { class: "empty" }, "No practice is linked to an outcome here, so there is nothing to draw. The evidence is in the panel and in the table.") : map.nothing());
      return;
    }
    if (!isWhole) bar.append(el("span", { class: "quiet" }, shown.left ? plural(shown.left, "entity", "entities") + " farther away " + (shown.left === 1 ? "is" : "are") + " not drawn." : ""));
    const scale = isWhole ? Math.min(Math.max(width / shown.width, 0.85), 1.6) : 1;
    ground.setAttribute("class", "ground");
    ground.style.width = Math.max(shown.width * scale, 200) + "px";
    ground.style.height = Math.max(shown.height * scale, 120) + "px";
    const top = isWhole ? -50 : 0;
    canvas = new vis.Network(ground, { nodes: new vis.DataSet(shown.nodes), edges: new vis.DataSet(shown.edges) },
      { ...drawing.options, autoResize: false, width: "100%", height: "100%" });
    camera = { position: { x: shown.width / 2, y: top + ground.clientHeight / scale / 2 }, scale, animation: false };
    canvas.moveTo(camera);
    canvas.body.emitter.emit("_redraw"); // at once, so that printing and saving a picture never meet an empty canvas
    // Headings that stay visible while scrolling, at the positions of those in the drawing.
    headings.style.width = ground.style.width;
    for (const node of shown.nodes) {
      if (!String(node.id).startsWith("heading")) continue;
      const word = el("span", {}, node.label);
      word.style.left = node.x * scale + "px";
      headings.append(word);
    }
    const chosen = isWhole ? null : shown.nodes.find((node) => node.borderWidth === 3);
    if (chosen) frame.scrollTo(chosen.x - frame.clientWidth / 2, chosen.y - frame.clientHeight / 2);
    canvas.on("click", click);
    canvas.on("hoverNode", () => (ground.style.cursor = "pointer"));
    canvas.on("blurNode", () => (ground.style.cursor = ""));
  }

  function wholeBar() {
    return [el("span", {}, "A thicker line stands for more claims. Choose a box or a line to see what it is linked with."), lineKey(),
      model.sizes.not_drawn > 0 && el("span", { class: "hidden-note" }, "Too many to draw one by one: practices are grouped by family, outcome types by key feature; " + number(model.sizes.not_drawn) + " are not drawn. Search for one to see what it is linked with.")];
  }

  const lineKey = () => el("span", { class: "line-key quiet" }, counts.ofSort("link").filter((link) => counts.rank(link) < 3)
    .sort((a, b) => counts.rank(a) - counts.rank(b)).map((link) => el("span", {}, marks.stroke(counts.rank(link)), " " + entities[link].label)));

  function focusBar() {
    return [el("span", { role: "group", "aria-label": "Steps outward", class: "steps" }, "Steps outward ",
      [1, 2, 3].map((steps) => el("button", { type: "button", "aria-pressed": String(state.now.steps === steps), "data-steps": steps, onclick: () => setSteps(steps) }, String(steps)))),
      el("button", { type: "button", id: "whole", onclick: () => state.select() }, "Whole network"), lineKey()];
  }

  function setSteps(steps) {
    state.change({ steps });
    const again = document.querySelector('[data-steps="' + steps + '"]');
    if (again) again.focus();
  }

  function click(event) {
    const node = event.nodes.find((id) => !String(id).startsWith("heading"));
    if (node !== undefined) state.change({ selected: [entities[Number(node)].id], steps: 1 });
    else if (event.edges.length) chooseLine(event.edges[0]);
    else if (state.now.selected.length) state.select();
  }

  function chooseLine(id) {
    const edge = shown.edges.find((line) => line.id === id);
    const ends = [edge.from, edge.to].map((end) => entities[Number(end)].id);
    state.select(...ends);
  }

  function clear() {
    if (canvas) canvas.destroy();
    canvas = null;
  }

  // The same drawing at a higher resolution, for a picture.
  function sharp(times) {
    const ground = dom.byId("drawing-ground");
    const [width, height] = [ground.clientWidth, ground.clientHeight];
    const box = el("div", { class: "aside" });
    box.style.width = width * times + "px";
    box.style.height = height * times + "px";
    document.body.append(box);
    const larger = new vis.Network(box, { nodes: new vis.DataSet(shown.nodes), edges: new vis.DataSet(shown.edges) },
      { ...drawing.options, autoResize: false, width: "100%", height: "100%" });
    larger.moveTo({ ...camera, scale: camera.scale * times });
    larger.redraw();
    const copy = el("canvas", { width: width * times, height: height * times });
    copy.getContext("2d").drawImage(box.querySelector("canvas"), 0, 0, copy.width, copy.height);
    larger.destroy();
    box.remove();
    return { canvas: copy, width, height };
  }

  // The position of an entity on the screen, and the areas of the boxes; used by tests.
  function where(id) {
    const at = canvas.canvasToDOM(canvas.getPosition(String(counts.entityIndex.get(id))));
    const ground = dom.byId("drawing-ground").getBoundingClientRect();
    const size = { ...FONT, ...shown.nodes.find((node) => node.id === String(counts.entityIndex.get(id))).font }.size;
    return { x: ground.left + at.x, y: ground.top + at.y, scale: canvas.getScale(), size };
  }

  function measured() {
    return shown.nodes.filter((node) => node.shape === "box").map((node) => {
      const box = canvas.getBoundingBox(node.id);
      const [from, to] = [canvas.canvasToDOM({ x: box.left, y: box.top }), canvas.canvasToDOM({ x: box.right, y: box.bottom })];
      return { label: node.label, left: from.x, top: from.y, right: to.x, bottom: to.y };
    });
  }

  return { show, clear, sharp, isDrawn: () => canvas !== null, where, measured, linesOf, lines: () => pairs, boxes: () => shown.nodes, edges: () => shown.edges };
})();
