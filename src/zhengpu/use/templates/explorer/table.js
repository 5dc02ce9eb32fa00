// All facts that pass the filters as a table, for keyboards and screen readers.

const PER_PAGE = 100;
const sorting = { column: 0, down: false };
let tablePage = 0;
let tableOf = "";

const columns = [
  { word: "subject", value: (fact) => things[fact.subject].name },
  {
    word: "relation",
    value: (fact) =>
      fact.relation
        ? either(relations.get(fact.relation).label)
        : [fact.basis, fact.measure].filter(Boolean).join(" "),
  },
  {
    word: "object",
    value: (fact) => (fact.relation ? things[fact.object].name : valueText(fact)),
  },
  {
    word: "time",
    value: (fact) => fact.period || (fact.years ? yearText(fact.years) : ""),
  },
  { word: "status", value: (fact) => say(fact.planned ? "planned" : "stated") },
  { word: "sentence", value: (fact) => fact.places[0].quote.text },
];

function renderTable() {
  const pane = byId("table");
  pane.hidden = !view.table;
  byId("open-table").setAttribute("aria-pressed", String(view.table));
  if (!view.table) {
    pane.replaceChildren();
    return;
  }
  const focus = view.focus >= 0 ? things[view.focus] : null;
  const key = String(view.focus);
  if (key !== tableOf) tablePage = 0;
  tableOf = key;
  const wanted = focus ? [...focus.claims, ...focus.figures] : facts;
  const shown = wanted.filter(isShown);
  const order = columns[sorting.column].value;
  const compare = new Intl.Collator(language === "zh" ? "zh-CN" : "en", { numeric: true })
    .compare;
  const keyed = shown.map((fact) => [order(fact), fact]);
  keyed.sort((a, b) => (sorting.down ? -1 : 1) * compare(a[0], b[0]));
  const pages = Math.max(1, Math.ceil(keyed.length / PER_PAGE));
  tablePage = Math.min(tablePage, pages - 1);
  const part = keyed.slice(tablePage * PER_PAGE, (tablePage + 1) * PER_PAGE);
  const title = focus ? say("facts-of", { name: focus.name }) : say("all-facts");
  pane.replaceChildren(
    make(
      "header",
      null,
      make(
        "div",
        null,
        make("h1", { textContent: title }),
        make("p", { textContent: say("facts", { count: count(shown.length) }) }),
      ),
      pages > 1 && pager(pages),
      make("button", {
        type: "button",
        className: "close",
        "aria-label": say("close"),
        textContent: "×",
        onclick: () => go({ table: false }),
      }),
    ),
    make(
      "div",
      { className: "rows", tabIndex: 0 },
      make(
        "table",
        null,
        make("caption", { textContent: title }),
        make("thead", null, make("tr", null, columns.map(heading))),
        make(
          "tbody",
          null,
          part.map(([, fact]) => row(fact)),
        ),
      ),
    ),
  );
}

function heading(column, i) {
  const sorted = sorting.column === i;
  const state = sorted ? (sorting.down ? "descending" : "ascending") : "none";
  return make(
    "th",
    { scope: "col", "aria-sort": state },
    make(
      "button",
      {
        type: "button",
        onclick: () => {
          sorting.down = sorted && !sorting.down;
          sorting.column = i;
          tablePage = 0;
          renderTable();
          byId("table").querySelectorAll("th button")[i].focus();
        },
      },
      say(column.word),
      sorted &&
        make("i", { "aria-hidden": "true", textContent: sorting.down ? " ↓" : " ↑" }),
    ),
  );
}

function row(fact) {
  const { quote } = fact.places[0];
  const [, relation, object, time, status] = columns.map((column) => column.value(fact));
  return make(
    "tr",
    { className: fact.planned ? "planned" : "" },
    make("th", { scope: "row" }, thingLink(fact.subject)),
    make(
      "td",
      null,
      relation,
      fact.role ? make("small", { textContent: ` ${fact.role}` }) : "",
    ),
    make(
      "td",
      null,
      fact.relation ? thingLink(fact.object) : make("b", { textContent: object }),
    ),
    make("td", { className: "time", textContent: time }),
    make("td", { className: "status" }, fact.planned ? plannedBadge() : status),
    make(
      "td",
      { className: "quote" },
      make(
        "button",
        {
          type: "button",
          title: say("read-in-place"),
          onclick: () => go({ fact, table: false }),
        },
        make("span", null, marked(quote.characters, fact.places[0].marks)),
        make("small", { textContent: reportName(reports[quote.report]) }),
      ),
    ),
  );
}

function pager(pages) {
  const turn = (by) => () => {
    tablePage += by;
    renderTable();
  };
  return make(
    "div",
    { className: "pager" },
    make("button", {
      type: "button",
      textContent: "‹",
      "aria-label": say("previous"),
      disabled: tablePage === 0,
      onclick: turn(-1),
    }),
    make("span", { textContent: `${tablePage + 1} / ${pages}` }),
    make("button", {
      type: "button",
      textContent: "›",
      "aria-label": say("next"),
      disabled: tablePage === pages - 1,
      onclick: turn(1),
    }),
  );
}
