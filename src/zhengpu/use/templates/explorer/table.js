// All facts that pass the filters as a table, for keyboards and screen readers.

const PER_PAGE = 100;
const sorting = { column: 0, down: false };
let tablePage = 0;
let tableOf = "";
/** The parts of the pane that stay, so that nobody is interrupted while typing. */
let tableFrame = null;

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
  if (!view.table) return;
  tableFrame ??= raiseTable(pane);
  const focus = view.focus >= 0 ? things[view.focus] : null;
  const key = `${view.focus} ${view.find}`;
  if (key !== tableOf) tablePage = 0;
  tableOf = key;
  const shown = tableFacts();
  const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
  tablePage = Math.min(tablePage, pages - 1);
  const part = shown.slice(tablePage * PER_PAGE, (tablePage + 1) * PER_PAGE);
  const title = focus ? say("facts-of", { name: focus.name }) : say("all-facts");
  const { head, number, field, turn, close, rows } = tableFrame;
  head.textContent = title;
  number.textContent = say("facts", { count: count(shown.length) });
  if (field.value !== view.find) field.value = view.find;
  field.placeholder = say("find");
  field.setAttribute("aria-label", say("find"));
  close.setAttribute("aria-label", say("close"));
  turn.replaceChildren(...(pages > 1 ? pager(pages) : []));
  rows.replaceChildren(
    make(
      "table",
      null,
      make("caption", { textContent: title }),
      make("thead", null, make("tr", null, columns.map(heading))),
      make("tbody", null, part.map(row)),
    ),
  );
}

function raiseTable(pane) {
  const frame = {
    head: make("h1"),
    number: make("p", { role: "status" }),
    field: make("input", {
      type: "search",
      className: "find",
      oninput: ({ isComposing }) =>
        isComposing || go({ find: frame.field.value }, { replace: true }),
      oncompositionend: () => go({ find: frame.field.value }, { replace: true }),
    }),
    turn: make("div", { className: "pager" }),
    close: make("button", {
      type: "button",
      className: "close",
      textContent: "×",
      onclick: () => go({ table: false }),
    }),
    rows: make("div", { className: "rows", tabIndex: 0 }),
  };
  const { head, number, field, turn, close, rows } = frame;
  const texts = make("div", null, head, number);
  pane.replaceChildren(make("header", null, texts, field, turn, close), rows);
  return frame;
}

/** The facts of the table in their order: of the thing, that pass, with the words. */
function tableFacts() {
  const find = view.table ? view.find : "";
  const wanted = find.toLowerCase().split(/\s+/).filter(Boolean);
  const own =
    view.focus >= 0 &&
    new Set([...things[view.focus].claims, ...things[view.focus].figures]);
  const shown = inOrder(sorting.column).filter(
    (fact) =>
      (!own || own.has(fact)) &&
      isShown(fact) &&
      wanted.every((word) => wordsOf(fact).includes(word)),
  );
  return sorting.down ? shown.reverse() : shown;
}

/** All that a row of the table says, in small letters; kept, as it is asked often. */
function wordsOf(fact) {
  if (wordsOf.language !== language) {
    wordsOf.known.clear();
    wordsOf.language = language;
  }
  let text = wordsOf.known.get(fact);
  if (text === undefined) {
    text = columns
      .map(({ value }) => value(fact))
      .join("\n")
      .toLowerCase();
    wordsOf.known.set(fact, text);
  }
  return text;
}
wordsOf.known = new Map();

/** All facts by a column; kept, since names are slow to compare. */
function inOrder(column) {
  const key = `${language} ${column}`;
  if (!inOrder.known.has(key)) {
    const compare = new Intl.Collator(language === "zh" ? "zh-CN" : "en", { numeric: true })
      .compare;
    const keyed = facts.map((fact) => [columns[column].value(fact), fact]);
    keyed.sort((a, b) => compare(a[0], b[0]));
    inOrder.known.set(
      key,
      keyed.map(([, fact]) => fact),
    );
  }
  return inOrder.known.get(key);
}
inOrder.known = new Map();

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
    tableFrame.rows.scrollTop = 0;
    const [back, , on] = tableFrame.turn.children;
    (by > 0 && !on.disabled ? on : back).focus();
  };
  return [
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
  ];
}
