// The panel of a thing: its facts by relation, with the sentences that state them.

const FIRST = 12; // cards of a relation that are shown at once
const FEW = 3; // kinds of reports that are named at once

function thingPanel(thing) {
  const shownClaims = thing.claims.filter(isShown);
  const shownFigures = thing.figures.filter((fact) => passing.facts.has(fact));
  const about = [
    thing.kind && either(kinds.get(thing.kind)),
    thing.level && either(kinds.get(thing.level)),
    placeText(thing),
  ].filter(Boolean);
  const missing = thing.claims.filter(
    (c) => isShown(c) && !nodes.get(otherEnd(c, thing.index)),
  );
  return [
    crumbs(`← ${say("overview")}`, overview),
    make(
      "p",
      { className: "kind" },
      swatch(thing.type),
      either(types.get(thing.type).label),
      about.length ? ` · ${about.join(" · ")}` : "",
    ),
    make("h1", { textContent: thing.name }),
    language !== "zh" &&
      thing.pinyin[0] !== "" &&
      make("p", { className: "note", lang: "zh-Latn", textContent: thing.pinyin[0] }),
    thing.aliases.length > 0 &&
      make(
        "p",
        { className: "aliases" },
        make("span", { textContent: say("aliases") }),
        thing.aliases.join("、"),
      ),
    namedIn(thing),
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
        onclick: () => go({ table: true, find: "", fact: null, report: -1 }),
      }),
      knowledge.whole > things.length &&
        location.protocol.startsWith("http") && // a server can draw the rest
        make("a", {
          href: `around?name=${encodeURIComponent(thing.name)}`,
          textContent: say("around"),
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

/** The code of an area, the area that a body's code stands for, or its scope. */
function placeText({ type, where }) {
  if (type === "PLC" || !/^\d+$/.test(where)) return where;
  const place = things.find(
    (other) => other.type === "PLC" && other.level && other.where === where,
  );
  return place && place.name;
}

/** The reports that name a thing: the first few, the others when asked for. */
function namedIn(thing) {
  const names = reportNames(thing.reports.map((i) => reports[i]));
  const label = make("span", { textContent: say("named-in") });
  if (names.length <= FEW) {
    return make("p", { className: "aliases" }, label, names.join("；"));
  }
  return make(
    "details",
    { className: "aliases" },
    make(
      "summary",
      null,
      label,
      names.slice(0, FEW).join("；"),
      make("small", {
        textContent: say("and-reports", { count: count(thing.reports.length) }),
      }),
    ),
    make("p", { textContent: names.slice(FEW).join("；") }),
  );
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
          textContent: say("quote"),
          onclick: () => copy(citation(quote, source), "quote-copied"),
        }),
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

/** A sentence as one would quote it: with its report, section and file. */
function citation({ text, report, section }, source) {
  const { title, presenter, date } = reports[report];
  const from = [presenter, title, date, section, source.name].filter(Boolean);
  return `“${text}”（${from.join("，")}）`;
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
