// The panel at the side: the whole build, a thing, a sentence, or a path.

const MOST_NAMED = 25;

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
  if (view.report >= 0) return reportPanel(reports[view.report]);
  return overviewPanel();
}

// The way back, at the head of a panel.
function crumbs(textContent, onclick) {
  const back = make("button", { type: "button", className: "quiet", textContent, onclick });
  return make("div", { className: "crumbs" }, back);
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
    crumbs(`← ${say("overview")}`, overview),
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
      make(
        "footer",
        null,
        make("button", {
          type: "button",
          className: "quiet",
          textContent: say("quote"),
          onclick: () => copy(citation(quote, fact.places[0].source), "quote-copied"),
        }),
      ),
    ),
    section(
      say("states"),
      make("ul", { className: "facts" }, quote.facts.map(factLine)),
      quote.facts.length,
    ),
  ];
}

function reportPanel(report) {
  const own = facts.filter((f) => f.reports.includes(report.index) && isShown(f));
  const stated = own.filter((fact) => fact.relation);
  const numbers = [
    [stated.length, "n-claims"],
    [own.length - stated.length, "n-figures"],
    [own.filter((fact) => fact.planned).length, "plans"],
  ];
  const named = tally(own.flatMap(({ subject, object = -1 }) => [subject, object]));
  named.delete(-1);
  const most = [...named].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_NAMED);
  const about = [
    report.kind,
    report.date,
    ...report.places.map((p) => sources[p.source].name),
  ];
  return [
    crumbs(`← ${say("overview")}`, overview),
    make("p", { className: "kind", textContent: about.filter(Boolean).join(" · ") }),
    make("h1", { textContent: report.title }),
    report.presenter &&
      make("p", {
        className: "aliases",
        textContent: say("presenter", { name: report.presenter }),
      }),
    make(
      "div",
      { className: "numbers" },
      numbers.map(([value, word]) =>
        make("div", null, make("b", { textContent: count(value) }), say(word)),
      ),
    ),
    make("p", { className: "note", textContent: say("how-reading") }),
    section(
      say("about-most"),
      make(
        "ol",
        { className: "ranking" },
        most.map(([thing, number]) =>
          make("li", null, thingLink(thing), make("span", { textContent: count(number) })),
        ),
      ),
    ),
  ].filter(Boolean);
}

function pathPanel() {
  const [from, to] = [things[view.focus], things[view.target]];
  const steps =
    scene && scene.path ? scene.path : pathBetween(view.focus, view.target) || [];
  return [
    crumbs(`← ${from.short}`, () => look(from.index)),
    make("p", { className: "kind", textContent: say("path") }),
    make("h1", { textContent: `${from.short} → ${to.short}` }),
    make("p", { className: "lead", textContent: pathText(steps) }),
    make(
      "div",
      { className: "actions" },
      steps.length > 1 &&
        make("button", {
          type: "button",
          textContent: say("other-path"),
          onclick: () => goAnotherWay(steps),
        }),
      view.avoid.size > 0 &&
        make("button", {
          type: "button",
          textContent: say("first-path"),
          onclick: () => connect(to.index),
        }),
    ),
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

function pathText(steps) {
  if (!steps.length) return say("no-path");
  const word = view.avoid.size ? "further-path" : "path-steps";
  return say(word, { count: steps.length });
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
