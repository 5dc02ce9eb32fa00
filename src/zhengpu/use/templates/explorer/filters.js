// The legend, which is the filters: types, years, places, relations.

const SHOWN_RELATIONS = 20;

function raiseFilters() {
  const typeCounts = tally(things.map((thing) => thing.type));
  byId("types").replaceChildren(
    ...[...types.values()]
      .filter((type) => typeCounts.get(type.id))
      .map((type) =>
        choice(
          view.hiddenTypes,
          type.id,
          either(type.label),
          typeCounts.get(type.id),
          swatch(type.id),
        ),
      ),
  );
  const relationCounts = tally(claims.map((claim) => claim.relation));
  const present = [...relations.values()]
    .filter((relation) => relationCounts.get(relation.id))
    .sort((a, b) => relationCounts.get(b.id) - relationCounts.get(a.id));
  const plans = facts.filter((fact) => fact.planned).length;
  byId("relations").replaceChildren(
    ...present
      .slice(0, SHOWN_RELATIONS)
      .map((relation) =>
        choice(
          view.hiddenRelations,
          relation.id,
          either(relation.label),
          relationCounts.get(relation.id),
        ),
      ),
    ...(plans ? [plansChoice(plans)] : []),
  );
  const places = tally(reports.map(placeKey));
  const placeNames = [...places.keys()].sort(
    (a, b) => places.get(b) - places.get(a) || (a < b ? -1 : 1),
  );
  byId("place-section").hidden = placeNames.length < 2;
  byId("places").replaceChildren(
    ...placeNames.map((key) => {
      const name = key ? things[thingByKey.get(key)].name : say("no-place");
      return choice(view.hiddenPlaces, key, name, places.get(key));
    }),
  );
  raiseYears();
}

function tally(items) {
  const counts = new Map();
  for (const item of items) counts.set(item, (counts.get(item) || 0) + 1);
  return counts;
}

/** A line of the legend: a box to tick, and a button that hides all others. */
function choice(hidden, id, name, number, mark) {
  const box = make("input", {
    type: "checkbox",
    checked: !hidden.has(id),
    onchange: () => {
      if (box.checked) hidden.delete(id);
      else hidden.add(id);
      go({}, { replace: true });
    },
  });
  box.dataset.id = id;
  const only = make("button", {
    type: "button",
    className: "only",
    textContent: say("only"),
    "aria-label": say("only-this", { name }),
    onclick: () => {
      const boxes = [...only.closest("div[id]").querySelectorAll("input[data-id]")];
      hidden.clear();
      for (const other of boxes) if (other.dataset.id !== id) hidden.add(other.dataset.id);
      go({}, { replace: true });
    },
  });
  return make(
    "div",
    { className: "choice" },
    make("label", null, box, mark, make("span", { className: "name", textContent: name })),
    only,
    make("span", { className: "count", textContent: count(number) }),
  );
}

function plansChoice(number) {
  const box = make("input", {
    type: "checkbox",
    checked: view.plans,
    id: "plans",
    onchange: () => go({ plans: box.checked }, { replace: true }),
  });
  return make(
    "div",
    { className: "choice apart" },
    make(
      "label",
      null,
      box,
      make("span", { className: "name", textContent: say("plans") }),
    ),
    make("span", { className: "count", textContent: count(number) }),
  );
}

function raiseYears() {
  const section = byId("year-section");
  section.hidden = !allYears || allYears[0] === allYears[1];
  if (section.hidden) return;
  const [first, last] = allYears;
  const perYear = new Array(last - first + 1).fill(0);
  for (const { years } of facts) {
    if (years) for (let year = years[0]; year <= years[1]; year++) perYear[year - first]++;
  }
  const most = Math.max(...perYear, 1);
  byId("year-bars").replaceChildren(
    ...perYear.map((number) => {
      const bar = make("i");
      bar.style.height = `${Math.max(number ? 6 : 0, (100 * number) / most)}%`;
      return bar;
    }),
  );
  for (const id of ["year-from", "year-to"]) {
    Object.assign(byId(id), { min: first, max: last, step: 1 });
    byId(id).oninput = () => {
      let [from, to] = [Number(byId("year-from").value), Number(byId("year-to").value)];
      if (from > to) [from, to] = id === "year-from" ? [from, from] : [to, to];
      const all = from === first && to === last;
      go({ years: all ? null : [from, to] }, { replace: true });
    };
  }
}

/** Shows in the legend what the view hides. */
function renderFilters() {
  const lists = [
    ["types", view.hiddenTypes],
    ["relations", view.hiddenRelations],
    ["places", view.hiddenPlaces],
  ];
  for (const [id, hidden] of lists) {
    for (const box of byId(id).querySelectorAll("input[data-id]")) {
      box.checked = !hidden.has(box.dataset.id);
    }
  }
  if (byId("plans")) byId("plans").checked = view.plans;
  byId("reset").hidden = !isFiltered();
  if (byId("year-section").hidden) return;
  const [first, last] = allYears;
  const [from, to] = view.years || allYears;
  byId("year-from").value = from;
  byId("year-to").value = to;
  byId("years-shown").textContent = yearText([from, to]);
  const width = last - first;
  byId("track").style.left = `${(100 * (from - first)) / width}%`;
  byId("track").style.right = `${(100 * (last - to)) / width}%`;
  [...byId("year-bars").children].forEach((bar, i) => {
    bar.className = first + i >= from && first + i <= to ? "" : "off";
  });
}

function resetFilters() {
  view.hiddenTypes.clear();
  view.hiddenRelations.clear();
  view.hiddenPlaces.clear();
  go({ plans: true, years: null }, { replace: true });
}
