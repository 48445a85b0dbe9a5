"use strict";
// Connect the modules: one state, one way to show it.
(function () {
  const view = dom.byId("view"), stage = dom.byId("stage");
  const views = { map, network, table };
  const tabs = [...document.querySelectorAll('[role="tab"]')];

  function show(changes = {}) {
    const scroll = document.querySelector("#view .scroll");
    const kept = scroll && !("view" in changes) ? [scroll.scrollLeft, scroll.scrollTop, scroll.className] : null;
    network.clear();
    document.documentElement.classList.toggle("larger", state.now.larger);
    dom.byId("larger").setAttribute("aria-pressed", String(state.now.larger));
    stage.dataset.view = state.now.view;
    // The whole network and the table take the full width; a selection brings the panel back.
    stage.classList.toggle("wide", state.now.view !== "map" && !state.now.selected.length);
    for (const tab of tabs) {
      const chosen = tab.dataset.view === state.now.view;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    view.setAttribute("aria-labelledby", "tab-" + state.now.view);
    filters.show();
    dom.clear(view);
    views[state.now.view].show(view);
    const again = document.querySelector("#view .scroll");
    if (kept && again && again.className === kept[2]) [again.scrollLeft, again.scrollTop] = kept;
    if (state.now.view === "map") map.settle();
    if (!changes.viewOnly) panel.show();
    // On a narrow screen the panel is below the view: scroll to it when something was chosen.
    if (changes.selected && changes.selected.length && getComputedStyle(stage).display === "block") dom.byId("panel").scrollIntoView();
  }

  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => state.change({ view: tab.dataset.view, page: 0 }));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(index + step + tabs.length) % tabs.length];
      next.focus();
      next.click();
      event.preventDefault();
    });
  });

  dom.byId("clear").addEventListener("click", () => {
    state.clearFilters();
    view.focus();
  });
  dom.byId("larger").addEventListener("click", () => state.change({ larger: !state.now.larger }));
  dom.byId("about").addEventListener("click", () => {
    state.change({ selected: [], view: "map" });
    panel.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const open = document.querySelector("#picks details[open]");
    if (event.key === "/") search.focus();
    else if (event.key === "Escape" && open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (event.key === "Escape" && state.now.selected.length) panel.close();
    else if (["1", "2", "3"].includes(event.key) && state.now.view === "network" && state.now.selected.length) state.change({ steps: Number(event.key) });
    else return;
    event.preventDefault();
  });

  let waiting = 0;
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return; // an on-screen keyboard changes the height only
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(() => show({ viewOnly: true }), 150);
  });
  window.addEventListener("hashchange", state.restore);
  window.addEventListener("popstate", state.restore);

  state.onChange(show);
  document.documentElement.classList.remove("plain");
  state.restore();
  window.explorer = { counts, state, network, table, picture };
  document.documentElement.dataset.ready = "true";
})();
