// The panel before anything is chosen: what this is, and where to begin.

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
