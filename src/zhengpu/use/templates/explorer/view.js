// What the reader looks at: one record, kept in the page's address.

const view = {
  focus: -1, // the thing looked at
  target: -1, // the other end of a path from it
  avoid: new Set(), // keys of things that the path passes by
  fact: null, // the fact read in its report
  report: -1, // the report read
  table: false,
  find: "", // words that the rows of the table hold
  hiddenTypes: new Set(),
  hiddenRelations: new Set(),
  hiddenPlaces: new Set(),
  plans: true,
  years: null, // first and last, or all
};

const allYears = span([...facts.map((fact) => fact.years), ...reports.map((r) => r.years)]);

/** Which reports, facts and things the filters let through; see sift(). */
const passing = { filters: null, reports: [], facts: new Set(), things: [] };

/** What calls back when the view changes; main.js fills it. */
const renderers = [];

/** Changes the view, its address and all that shows it. */
function go(change, { replace = false } = {}) {
  Object.assign(view, change);
  const address = addressOf();
  if (address !== location.hash) {
    if (replace) history.replaceState(null, "", address || "#");
    else history.pushState(null, "", address || "#");
  }
  render();
}

function render() {
  sift();
  for (const renderer of renderers) renderer();
}

/** Looks at a thing, and leaves whatever else was open. */
function look(thing) {
  view.avoid.clear();
  go({ focus: thing, target: -1, fact: null, report: -1, table: false });
}

function overview() {
  view.avoid.clear();
  go({ focus: -1, target: -1, fact: null, report: -1, table: false });
}

/** Decides what the filters let through, where they have changed. */
function sift() {
  const filters = JSON.stringify([
    ...addressedSets().map(([, set]) => [...set]),
    view.plans,
    view.years,
  ]);
  if (passing.filters === filters) return;
  passing.filters = filters;
  const years = view.years;
  const within = (range) =>
    !years || (range !== null && range[0] <= years[1] && range[1] >= years[0]);
  const placeShown = (report) => !view.hiddenPlaces.has(placeKey(report));
  passing.reports = reports.map((report) => placeShown(report) && within(report.years));
  passing.facts = new Set(
    facts.filter(
      (fact) =>
        !(fact.relation && view.hiddenRelations.has(fact.relation)) &&
        (view.plans || !fact.planned) &&
        within(fact.years) &&
        fact.reports.some((report) => placeShown(reports[report])),
    ),
  );
  const narrowed = years || view.hiddenPlaces.size;
  passing.things = things.map(
    (thing) =>
      !view.hiddenTypes.has(thing.type) &&
      (!narrowed ||
        thing.reports.some((report) => passing.reports[report]) ||
        thing.claims.some((fact) => passing.facts.has(fact))),
  );
}

/** Whether a claim and both its ends pass the filters. */
function isShown(claim) {
  return (
    passing.facts.has(claim) &&
    passing.things[claim.subject] &&
    (claim.object === undefined || passing.things[claim.object])
  );
}

function placeKey(report) {
  const owner = ownerOf(report);
  return owner >= 0 ? things[owner].key : "";
}

function isFiltered() {
  const sets = [view.hiddenTypes, view.hiddenRelations, view.hiddenPlaces];
  return sets.some((set) => set.size > 0) || !view.plans || view.years !== null;
}

// -- the address -----------------------------------------------------------------

function addressOf() {
  const parts = new URLSearchParams();
  if (view.focus >= 0) parts.set("n", things[view.focus].key);
  if (view.target >= 0) parts.set("to", things[view.target].key);
  if (view.avoid.size) parts.set("avoid", [...view.avoid].join("|"));
  if (view.fact) parts.set("fact", view.fact.id);
  else if (view.report >= 0) parts.set("report", reports[view.report].key);
  if (view.table) parts.set("view", "table");
  if (view.table && view.find) parts.set("find", view.find);
  for (const [name, set] of addressedSets()) {
    if (set.size) parts.set(name, [...set].sort().join("|"));
  }
  if (!view.plans) parts.set("plans", "0");
  if (view.years) parts.set("years", view.years.join("-"));
  const text = parts.toString();
  return text && `#${text}`;
}

/** The view that an address names; what it does not know it leaves out. */
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const thing = (name) => thingByKey.get(parts.get(name)) ?? -1;
  view.focus = thing("n");
  view.target = view.focus >= 0 ? thing("to") : -1;
  const avoided = view.target >= 0 && parts.get("avoid");
  view.avoid = new Set(avoided ? avoided.split("|") : []);
  view.fact = factById.get(parts.get("fact")) || null;
  view.report = reports.findIndex((report) => report.key === parts.get("report"));
  view.table = parts.get("view") === "table";
  view.find = (view.table && parts.get("find")) || "";
  for (const [name, set] of addressedSets()) {
    set.clear();
    for (const item of (parts.get(name) ?? "").split("|")) {
      if (parts.has(name)) set.add(item);
    }
  }
  view.plans = parts.get("plans") !== "0";
  const years = (parts.get("years") || "").match(/^(\d{4})-(\d{4})$/);
  view.years = years && [Number(years[1]), Number(years[2])];
}

function addressedSets() {
  return [
    ["-types", view.hiddenTypes],
    ["-relations", view.hiddenRelations],
    ["-places", view.hiddenPlaces],
  ];
}
