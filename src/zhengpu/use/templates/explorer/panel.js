// The panel at the side: the whole build, a thing, a sentence, or a path.

const FIRST = 12; // cards of a relation that are shown at once

function renderPanel() {
  const panel = byId("panel");
  const content = panelContent();
  panel.replaceChildren(...content);
  panel.scrollTop = 0;
}

function panelContent() {
  if (view.target >= 0) return pathPanel();
  if (view.focus >= 0) return thingPanel(things[view.focus]);
  if (view.fact) return sentencePanel(view.fact);
  return overviewPanel();
}

// -- the whole build -----------------------------------------------------------------

function overviewPanel() {
  const shown = things.filter((thing) => passing.things[thing.index]);
  const shownClaims = claims.filter(isShown);
  const shownFigures = figures.filter((fact) => passing.facts.has(fact));
  const number = (value, word) =>
    make("div", null, make("b", { textContent: count(value) }), say(word));
  const planned = shownClaims.filter((claim) => claim.planned).length;
  return [
    make("h1", { textContent: say("overview") }),
    make("p", { className: "lead", textContent: say("overview-lead") }),
    make(
      "div",
      { className: "numbers" },
      number(reports.filter((_, i) => passing.reports[i]).length, "n-reports"),
      number(shown.length, "n-things"),
      number(shownClaims.length, "n-claims"),
      number(shownFigures.length, "n-figures"),
    ),
    planned > 0 &&
      make("p", {
        className: "note",
        textContent: say("n-planned", { count: count(planned) }),
      }),
    section(say("reports"), reportList()),
    section(say("by-type"), typeBars(shown)),
    section(
      say("most-connected"),
      make(
        "ol",
        { className: "ranking" },
        shown
          .slice(0, 12)
          .map((thing) =>
            make(
              "li",
              null,
              thingLink(thing.index),
              make("span", { textContent: count(factCount(thing)) }),
            ),
          ),
      ),
    ),
    section(
      say("how-to"),
      make(
        "ul",
        { className: "how-to" },
        ["how-click", "how-path", "how-search", "how-filter", "how-keys"].map((word) =>
          make("li", { textContent: say(word) }),
        ),
      ),
    ),
  ].filter(Boolean);
}

function reportList() {
  return make(
    "ul",
    { className: "reports" },
    byPlace(reports).map((report) => {
      const place = report.place >= 0 ? things[report.place].name : "";
      const head = [report.years && yearText(report.years), place].filter(Boolean);
      const facts = quotes.reduce(
        (sum, quote) => sum + (quote.report === report.index ? quote.facts.length : 0),
        0,
      );
      return make(
        "li",
        { className: passing.reports[report.index] ? "" : "off" },
        make(
          "button",
          {
            type: "button",
            onclick: () => go({ report: report.index, fact: null, table: false }),
          },
          make("strong", { textContent: head.join(" · ") || report.title }),
          make("span", { textContent: report.kind || report.title }),
          make("small", {
            textContent: [
              report.presenter && say("presenter", { name: report.presenter }),
              report.date,
              say("facts", { count: count(facts) }),
            ]
              .filter(Boolean)
              .join(" · "),
          }),
        ),
      );
    }),
  );
}

/** Reports of a place together, the places with most reports first, then by year. */
function byPlace(list) {
  const places = tally(list.map(placeKey));
  const year = (report) => (report.years ? report.years[1] : 0);
  return [...list].sort(
    (a, b) =>
      (placeKey(a) === "") - (placeKey(b) === "") ||
      places.get(placeKey(b)) - places.get(placeKey(a)) ||
      (placeKey(a) < placeKey(b) ? -1 : placeKey(a) > placeKey(b) ? 1 : 0) ||
      year(b) - year(a),
  );
}

/** Reports in few words, those of a place and kind together. */
function reportNames(list) {
  const groups = new Map();
  for (const report of byPlace(list)) {
    const key = `${placeKey(report)} ${report.place >= 0 ? report.kind : report.title}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(report);
  }
  return [...groups.values()]
    .map((group) => {
      const years = group.filter((report) => report.years).map((r) => yearText(r.years));
      const { place, kind, title } = group[0];
      const parts =
        place >= 0 ? [things[place].name, years.sort().join("、"), kind] : [title];
      return parts.filter(Boolean).join(" · ");
    })
    .join("；");
}

function typeBars(shown) {
  const counts = [...types.values()]
    .map((type) => ({ type, number: shown.filter((t) => t.type === type.id).length }))
    .filter(({ number }) => number)
    .sort((a, b) => b.number - a.number);
  const most = counts.length ? counts[0].number : 1;
  return make(
    "div",
    { className: "bars-list" },
    counts.map(({ type, number }) => {
      const bar = make("i", { className: `fill ${type.id}` });
      bar.style.width = `${(100 * number) / most}%`;
      return make(
        "div",
        null,
        make("span", { textContent: either(type.label) }),
        make("div", { className: "track" }, bar),
        make("b", { textContent: count(number) }),
      );
    }),
  );
}

// -- a thing -------------------------------------------------------------------------

function thingPanel(thing) {
  const shownClaims = thing.claims.filter(isShown);
  const shownFigures = thing.figures.filter((fact) => passing.facts.has(fact));
  const about = [
    thing.kind && either(kinds.get(thing.kind)),
    thing.level && either(kinds.get(thing.level)),
    thing.where,
  ].filter(Boolean);
  const missing = thing.claims.filter(
    (c) => isShown(c) && !nodes.get(otherEnd(c, thing.index)),
  );
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
    make(
      "p",
      { className: "kind" },
      swatch(thing.type),
      either(types.get(thing.type).label),
      about.length ? ` · ${about.join(" · ")}` : "",
    ),
    make("h1", { textContent: thing.name }),
    thing.aliases.length > 0 &&
      make(
        "p",
        { className: "aliases" },
        make("span", { textContent: say("aliases") }),
        thing.aliases.join("、"),
      ),
    make(
      "p",
      { className: "aliases" },
      make("span", { textContent: say("named-in") }),
      reportNames(thing.reports.map((i) => reports[i])),
    ),
    make(
      "div",
      { className: "actions" },
      make("button", {
        type: "button",
        id: "find-path",
        "aria-pressed": String(choosing),
        textContent: say("find-path"),
        onclick: choosePathEnd,
      }),
      missing.length > 0 &&
        make("button", {
          type: "button",
          textContent: say("expand", { count: missing.length }),
          onclick: () => expand(thing.index) && render(),
        }),
      make("button", {
        type: "button",
        textContent: say("in-table"),
        onclick: () => go({ table: true, fact: null, report: -1 }),
      }),
    ),
    choosing && make("p", { className: "note", textContent: say("choose-end") }),
    ...relationSections(thing, shownClaims),
    shownFigures.length > 0 && figureSection(shownFigures),
    shownClaims.length + shownFigures.length === 0 &&
      make("p", {
        className: "note",
        textContent: say(isFiltered() ? "nothing-passes" : "only-named"),
      }),
  ].filter(Boolean);
}

function choosePathEnd() {
  choosing = !choosing;
  render();
  if (choosing) {
    byId("query").value = "";
    byId("query").focus();
  }
}

/** A section for each relation and direction, the fullest first. */
function relationSections(thing, shown) {
  const groups = new Map();
  for (const claim of shown) {
    const out = claim.subject === thing.index;
    const way = claim.relation === MUTUAL ? "both" : out ? "out" : "in";
    const key = `${claim.relation} ${way}`;
    if (!groups.has(key))
      groups.set(key, { relation: claim.relation, way, cards: new Map(), number: 0 });
    const group = groups.get(key);
    group.number++;
    // facts of the same sentences share a card
    const said = claim.places.map((place) => place.quote.index).join(" ");
    const card = `${said} ${claim.planned}`;
    if (!group.cards.has(card)) group.cards.set(card, []);
    group.cards.get(card).push(claim);
  }
  return [...groups.values()]
    .sort(
      (a, b) =>
        b.number - a.number ||
        relations.get(a.relation).order - relations.get(b.relation).order,
    )
    .map(({ relation, way, cards, number }) => {
      const arrowSign = { out: "→", in: "←", both: "↔" }[way];
      const head = make(
        "span",
        null,
        make("i", { className: "way", textContent: arrowSign, title: say(`way-${way}`) }),
        either(relations.get(relation).label),
      );
      return section(
        head,
        more([...cards.values()], (card) => claimCard(card, thing.index)),
        number,
      );
    });
}

/** Some of many cards, and a button for the others. */
function more(items, draw) {
  const box = make("div", { className: "cards" }, items.slice(0, FIRST).map(draw));
  if (items.length > FIRST) {
    const button = make("button", {
      type: "button",
      className: "more",
      textContent: say("more", { count: items.length - FIRST }),
      onclick: () => button.replaceWith(...items.slice(FIRST).map(draw)),
    });
    box.append(button);
  }
  return box;
}

/** Facts that the same sentences state. */
function claimCard(card, thing) {
  const ends = card.map((claim) => {
    const details = [claim.role, claim.period].filter(Boolean).join("，");
    return make(
      "li",
      null,
      thingLink(otherEnd(claim, thing)),
      details && make("small", { textContent: details }),
    );
  });
  return make(
    "article",
    { className: card[0].planned ? "card planned" : "card" },
    make(
      "ul",
      { className: "ends" },
      ends,
      card[0].planned && make("li", null, plannedBadge()),
    ),
    evidence(card),
  );
}

function plannedBadge() {
  return make("em", {
    className: "badge",
    textContent: say("planned"),
    title: say("planned-note"),
  });
}

/** Every sentence that states the facts, marked, with its source. */
function evidence(card) {
  const byQuote = new Map();
  for (const fact of card) {
    for (const place of fact.places) {
      if (!byQuote.has(place.quote)) byQuote.set(place.quote, { fact, places: [] });
      byQuote.get(place.quote).places.push(place);
    }
  }
  return [...byQuote].map(([quote, { fact, places }]) => {
    const marks = places.flatMap((place) => place.marks);
    const source = places[0].source;
    const heading = [reportName(reports[quote.report]), quote.section].filter(Boolean);
    return make(
      "div",
      { className: "evidence" },
      make("blockquote", null, marked(quote.characters, marks)),
      make(
        "footer",
        null,
        make(
          "span",
          { className: "source", title: `${source.name} · ${places[0].rule}` },
          make("span", { textContent: heading.join(" › ") }),
          make("small", { textContent: source.name }),
        ),
        make("button", {
          type: "button",
          className: "quiet",
          textContent: say("read-in-place"),
          onclick: () => go({ fact, report: -1, table: false }),
        }),
      ),
      places.some((place) => place.omitted) &&
        make("small", { className: "note", textContent: say("omitted") }),
    );
  });
}

/** A text with some stretches marked; the marks may overlap. */
function marked(text, marks) {
  const ranges = [];
  for (let i = 0; i < marks.length; i += 2) ranges.push([marks[i], marks[i + 1]]);
  ranges.sort((a, b) => a[0] - b[0]);
  const parts = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    parts.push(cut(text, at, from));
    parts.push(make("mark", { textContent: cut(text, from, end) }));
    at = end;
  }
  parts.push(cut(text, at, text.length));
  return parts;
}

function figureSection(shown) {
  const years = (fact) => (fact.years ? fact.years[1] : 0);
  const sorted = [...shown].sort((a, b) => years(b) - years(a));
  return section(
    make(
      "span",
      null,
      make("i", { className: "way", textContent: "#" }),
      say("statistics"),
    ),
    more(sorted, (fact) =>
      make(
        "details",
        { className: fact.planned ? "figure planned" : "figure" },
        make(
          "summary",
          null,
          make("span", {
            className: "measure",
            textContent: [fact.basis, fact.measure].filter(Boolean).join(" "),
          }),
          make("b", { textContent: valueText(fact), title: `${fact.value} ${fact.unit}` }),
          make("small", { textContent: fact.period }),
          fact.planned && plannedBadge(),
        ),
        evidence([fact]),
      ),
    ),
    shown.length,
  );
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
