// Puts the page together and answers its buttons and keys.

function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  byId("theme").setAttribute("aria-pressed", String(dark));
  ink.known.clear();
  if (network) {
    edges.update(
      picture.edges.map((edge) => ({
        id: lineName(edge.from, edge.to),
        color: lineOf(edge).color,
      })),
    );
    nodes.update(nodes.map(({ id }) => ({ id, color: ink(things[id].type) })));
  }
}

function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

function setLanguage(wanted) {
  language = wanted;
  store("language", wanted);
  byId("language").textContent = wanted === "zh" ? "EN" : "中";
  byId("language").setAttribute("lang", wanted === "zh" ? "en" : "zh-CN");
  byId("language").setAttribute("aria-label", wanted === "zh" ? "English" : "中文");
  byId("brand-note").textContent = say("brand-note");
  translate();
  raiseFilters();
  if (scene) scene.key = "";
}

function showMenu(open) {
  byId("export-menu").hidden = !open;
  byId("open-export").setAttribute("aria-expanded", String(open));
  if (open) byId("export-menu").querySelector("button").focus();
}

function showFilters(open) {
  document.body.classList.toggle("filtering", open);
  byId("open-filters").setAttribute("aria-expanded", String(open));
}

function renderHint() {
  byId("fit").disabled = false;
  const hidden = things.length - picture.nodes.length;
  let text = "";
  if (scene && scene.hidden > 0) text = say("ring-hidden", { count: scene.hidden });
  else if (!scene && hidden > 0) text = say("cap", { count: count(picture.nodes.length) });
  byId("hint").textContent = text;
}

function closeTopmost() {
  if (!byId("export-menu").hidden) showMenu(false);
  else if (document.body.classList.contains("filtering")) showFilters(false);
  else if (view.fact || view.report >= 0) closeReading();
  else if (view.table) go({ table: false });
  else if (choosing) choosePathEnd();
  else if (view.target >= 0) look(view.focus);
  else overview();
}

function answerButtons() {
  const answers = {
    home: () => {
      overview();
      fitAll();
    },
    fit: () => {
      if (scene) glide(scene.middle, scene.scale);
      else fitAll();
    },
    "zoom-in": () => zoom(1.4),
    "zoom-out": () => zoom(1 / 1.4),
    "open-table": () => go({ table: !view.table, fact: null, report: -1 }),
    "open-filters": () => showFilters(!document.body.classList.contains("filtering")),
    "close-filters": () => showFilters(false),
    "open-export": () => showMenu(byId("export-menu").hidden),
    reset: resetFilters,
    theme: () => {
      setTheme(!isDark());
      store("theme", isDark() ? "dark" : "light");
    },
    language: () => {
      setLanguage(language === "zh" ? "en" : "zh");
      render();
    },
  };
  for (const [id, answer] of Object.entries(answers))
    byId(id).addEventListener("click", answer);
  for (const button of document.querySelectorAll("[data-export]")) {
    button.addEventListener("click", () => {
      showMenu(false);
      exports[button.dataset.export]();
    });
  }
}

function answerKeys() {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") closeTopmost();
    else if (event.target.matches("input, textarea")) return;
    else if (event.key === "/") {
      event.preventDefault();
      byId("query").focus();
    } else if (event.key === "0") fitAll();
    else if (event.key === "t") go({ table: !view.table, fact: null, report: -1 });
  });
  addEventListener("pointerdown", ({ target }) => {
    if (!target.closest(".menu")) showMenu(false);
  });
  addEventListener("popstate", () => {
    readAddress();
    render();
  });
}

function start() {
  readAddress();
  const chosenTheme = stored("theme");
  const wanted = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  setTheme((chosenTheme || wanted) === "dark");
  setLanguage(language);
  sift();
  raiseStage();
  fitAll({ atOnce: true });
  raiseSearch();
  answerButtons();
  answerKeys();
  renderers.push(
    filterStage,
    setScene,
    renderPanel,
    renderReading,
    renderTable,
    renderFilters,
    renderHint,
  );
  render();
  let size = stageSize();
  network.on("resize", () => {
    const now = stageSize();
    if (now.width === size.width && now.height === size.height) return;
    size = now;
    if (scene) {
      scene.key = "";
      setScene();
    } else fitAll({ atOnce: true });
  });
  document.documentElement.dataset.ready = "";
}

start();
