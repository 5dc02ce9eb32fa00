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
  byId("language").title = wanted === "zh" ? "English" : "中文";
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

function moveInMenu(by) {
  const items = [...byId("export-menu").querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  items[(at + by + items.length) % items.length].focus();
}

function showFilters(open) {
  document.body.classList.toggle("filtering", open);
  byId("open-filters").setAttribute("aria-expanded", String(open));
}

function renderHint() {
  byId("fit").disabled = false;
  const hidden = things.length - picture.nodes.length;
  const many = scene !== null && scene.pages > 1;
  let text = "";
  if (many) {
    const [from, to] = scene.part;
    text = say("ring-part", { from, to, count: count(scene.of) });
  } else if (!scene && hidden > 0) {
    text = say("cap", { count: count(picture.nodes.length) });
  }
  byId("hint").textContent = text;
  byId("turn").hidden = !many;
  byId("turn-back").disabled = turning.page === 0;
  byId("turn-on").disabled = many && turning.page === scene.pages - 1;
}

function turnRing(by) {
  turning.page += by;
  setScene();
  renderHint();
}

function closeTopmost() {
  if (!byId("export-menu").hidden) {
    showMenu(false);
    byId("open-export").focus();
  } else if (document.body.classList.contains("filtering")) showFilters(false);
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
    "turn-back": () => turnRing(-1),
    "turn-on": () => turnRing(1),
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
    else if (!byId("export-menu").hidden && /^Arrow(Up|Down)$/.test(event.key)) {
      event.preventDefault();
      moveInMenu(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.target.matches("input, textarea")) return;
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
    // vis-network sets its own camera once this listener has returned
    queueMicrotask(() => {
      if (scene) {
        scene.key = "";
        setScene();
      } else fitAll({ atOnce: true });
    });
  });
  document.documentElement.dataset.ready = "";
}

start();
