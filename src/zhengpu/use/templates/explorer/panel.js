// The panel at the side: the whole build, a thing, a sentence, or a path.

function renderPanel() {
  const panel = byId("panel");
  const content = panelContent();
  const held = panel.contains(document.activeElement);
  panel.replaceChildren(...content);
  panel.scrollTop = 0;
  if (held) panel.focus({ preventScroll: true });
}

function panelContent() {
  if (view.target >= 0) return pathPanel();
  if (view.focus >= 0) return thingPanel(things[view.focus]);
  if (view.fact) return sentencePanel(view.fact);
  return overviewPanel();
}

// -- a sentence, a path ----------------------------------------------------------------

function factLine(fact) {
  const subject = thingLink(fact.subject);
  const line = fact.relation
    ? [
        subject,
        make("em", { textContent: either(relations.get(fact.relation).label) }),
        thingLink(fact.object),
      ]
    : [
        subject,
        make("em", { textContent: [fact.basis, fact.measure].filter(Boolean).join(" ") }),
        make("b", { textContent: valueText(fact) }),
      ];
  const details = [fact.role, fact.period].filter(Boolean).join("，");
  return make(
    "li",
    null,
    line,
    details && make("small", { textContent: details }),
    fact.planned && plannedBadge(),
  );
}

function sentencePanel(fact) {
  const { quote } = fact.places[0];
  return [
    make(
      "div",
      { className: "crumbs" },
      make("button", {
        type: "button",
        className: "quiet",
        textContent: `← ${say("overview")}`,
        onclick: overview,
      }),
    ),
    make("p", {
      className: "kind",
      textContent: [reportName(reports[quote.report]), quote.section]
        .filter(Boolean)
        .join(" › "),
    }),
    make("h1", { textContent: say("sentence") }),
    make(
      "div",
      { className: "evidence large" },
      make(
        "blockquote",
        null,
        marked(
          quote.characters,
          quote.facts.flatMap((f) =>
            f.places.filter((p) => p.quote === quote).flatMap((p) => p.marks),
          ),
        ),
      ),
    ),
    section(
      say("states"),
      make("ul", { className: "facts" }, quote.facts.map(factLine)),
      quote.facts.length,
    ),
  ];
}

function pathPanel() {
  const [from, to] = [things[view.focus], things[view.target]];
  const steps =
    scene && scene.path ? scene.path : pathBetween(view.focus, view.target) || [];
  return [
    make(
      "div",
      { className: "crumbs" },
      make("button", {
        type: "button",
        className: "quiet",
        textContent: `← ${from.short}`,
        onclick: () => look(from.index),
      }),
    ),
    make("p", { className: "kind", textContent: say("path") }),
    make("h1", { textContent: `${from.short} → ${to.short}` }),
    make("p", {
      className: "lead",
      textContent: steps.length
        ? say("path-steps", { count: steps.length })
        : say("no-path"),
    }),
    ...steps.map((step, i) =>
      section(
        make(
          "span",
          null,
          make("i", { className: "way", textContent: String(i + 1) }),
          things[step.from].short,
          " → ",
          things[step.to].short,
        ),
        make(
          "div",
          { className: "cards" },
          step.between.map((claim) =>
            make(
              "article",
              { className: claim.planned ? "card planned" : "card" },
              make("ul", { className: "facts" }, factLine(claim)),
              evidence([claim]),
            ),
          ),
        ),
      ),
    ),
  ];
}

// -- parts -----------------------------------------------------------------------------

function section(title, body, number) {
  return make(
    "section",
    null,
    make(
      "h2",
      null,
      title,
      number !== undefined &&
        make("span", { className: "count", textContent: count(number) }),
    ),
    body,
  );
}

function swatch(type) {
  return make("i", { className: `swatch ${type}` });
}

function thingLink(index) {
  const thing = things[index];
  return make(
    "button",
    {
      type: "button",
      className: "thing",
      title: either(types.get(thing.type).label),
      onclick: () => look(index),
    },
    swatch(thing.type),
    make("span", { textContent: thing.name }),
  );
}

function factCount(thing) {
  const figureCount = thing.figures.filter((fact) => passing.facts.has(fact)).length;
  return thing.claims.filter(isShown).length + figureCount;
}
