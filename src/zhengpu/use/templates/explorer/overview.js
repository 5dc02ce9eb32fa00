// The panel before anything is chosen: what this is, and where to begin.

const REPORTS = 6; // reports that are listed at once
const MORE_REPORTS = 60;

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
    make("p", { className: "extent", textContent: extentText() }),
    make(
      "div",
      { className: "numbers" },
      number(reports.filter((_, i) => passing.reports[i]).length, "n-reports"),
      number(shown.length, "n-things"),
      number(shownClaims.length, "n-claims"),
      number(shownFigures.length, "n-figures"),
    ),
    knowledge.whole > things.length &&
      make("p", {
        className: "note",
        textContent: say("n-whole", { count: count(knowledge.whole) }),
      }),
    planned > 0 &&
      make("p", {
        className: "note",
        textContent: say("n-planned", { count: count(planned) }),
      }),
    section(say("reports"), reportList(), reports.length),
    section(
      say("most-connected"),
      make(
        "ol",
        { className: "ranking" },
        mostConnected(shown).map(([thing, number]) =>
          make(
            "li",
            null,
            thingLink(thing.index),
            make("span", { textContent: count(number) }),
          ),
        ),
      ),
    ),
    section(say("by-type"), typeBars(shown)),
    section(
      say("how-to"),
      make(
        "ul",
        { className: "how-to" },
        ["how-click", "how-zoom", "how-path", "how-search", "how-filter", "how-keys"].map(
          (word) => make("li", { textContent: say(word) }),
        ),
      ),
    ),
  ].filter(Boolean);
}

/** The things with most facts that pass the filters, and how many. */
function mostConnected(shown) {
  const known = isFiltered() ? shown : shown.slice(0, 30); // they come by importance
  return known
    .map((thing) => [thing, factCount(thing)])
    .sort((a, b) => b[1] - a[1] || a[0].index - b[0].index)
    .slice(0, 10);
}

/** Which places and years the reports are about. */
function extentText() {
  const owners = tally(reports.map(ownerOf));
  const named = [...owners.keys()]
    .filter((owner) => owner >= 0)
    .sort((a, b) => owners.get(b) - owners.get(a) || a - b)
    .map((owner) => things[owner].short);
  const names = named.slice(0, 3).join("、");
  const places =
    named.length > 3 ? say("and-places", { names, count: count(named.length) }) : names;
  const years = span(reports.map((report) => report.years));
  return [places, years && yearText(years)].filter(Boolean).join(" · ");
}

/** The reports, those that pass the filters first; many are shown when asked for. */
function reportList() {
  const sorted = byPlace(reports);
  const wanted = [
    ...sorted.filter((report) => passing.reports[report.index]),
    ...sorted.filter((report) => !passing.reports[report.index]),
  ];
  const list = make("ul", { className: "reports" });
  const showMore = (from, number) => {
    list.append(...wanted.slice(from, from + number).map(reportLine));
    const left = wanted.length - from - number;
    if (left <= 0) return;
    const button = make("button", {
      type: "button",
      className: "more",
      textContent: say("more-reports", { count: count(left) }),
      onclick: () => {
        button.parentNode.remove();
        showMore(from + number, MORE_REPORTS);
        list.children[from + number].querySelector("button").focus();
      },
    });
    list.append(make("li", null, button));
  };
  showMore(0, wanted.length > REPORTS + 2 ? REPORTS : wanted.length);
  return list;
}

function reportLine(report) {
  const owner = ownerOf(report);
  const head = [
    report.years && yearText(report.years),
    owner >= 0 && things[owner].short,
  ].filter(Boolean);
  const what = report.years ? report.kind || report.title : termName(report);
  return make(
    "li",
    { className: passing.reports[report.index] ? "" : "off" },
    make(
      "button",
      {
        type: "button",
        className: "report",
        onclick: () => go({ report: report.index, fact: null, table: false }),
      },
      make("strong", { textContent: head.join(" · ") || what }),
      head.length > 0 && make("span", { textContent: what }),
      make("small", {
        textContent: [
          report.presenter && say("presenter", { name: report.presenter }),
          report.date,
          say("facts", { count: count(report.facts) }),
        ]
          .filter(Boolean)
          .join(" · "),
      }),
    ),
  );
}

/** Reports of a place together, places with most reports first, the latest first. */
function byPlace(list) {
  const places = tally(list.map(placeKey));
  const year = ({ date, years }) =>
    yearsOf(date) ? yearsOf(date)[1] : years ? years[1] + 1 : 0;
  return [...list].sort(
    (a, b) =>
      (placeKey(a) === "") - (placeKey(b) === "") ||
      places.get(placeKey(b)) - places.get(placeKey(a)) ||
      (placeKey(a) < placeKey(b) ? -1 : placeKey(a) > placeKey(b) ? 1 : 0) ||
      year(b) - year(a) ||
      b.facts - a.facts,
  );
}

/** Reports in few words, those of a place and kind together. */
function reportNames(list) {
  const groups = new Map();
  for (const report of byPlace(list)) {
    const what = report.years ? report.kind || report.title : termName(report);
    const key = `${placeKey(report)} ${what}`;
    if (!groups.has(key)) groups.set(key, { owner: ownerOf(report), what, years: [] });
    if (report.years) groups.get(key).years.push(yearText(report.years));
  }
  return [...groups.values()].map(({ owner, what, years }) =>
    [owner >= 0 && things[owner].short, years.sort().join("、"), what]
      .filter(Boolean)
      .join(" · "),
  );
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
