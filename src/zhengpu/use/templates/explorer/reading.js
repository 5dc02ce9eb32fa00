// A report as it was read: sentences that state something are marked, the one
// in question stands out.

function renderReading() {
  const pane = byId("reading");
  const place = view.fact ? view.fact.places[0] : null;
  const report = place ? reports[place.quote.report] : reports[view.report];
  if (!report) {
    pane.hidden = true;
    pane.replaceChildren();
    return;
  }
  const source = place ? place.source : sources[report.sources[0]];
  pane.hidden = false;
  pane.replaceChildren(
    make(
      "header",
      null,
      make(
        "div",
        null,
        make("h1", { textContent: report.title }),
        make("p", { textContent: [reportName(report), source.name].join(" · ") }),
      ),
      make("button", {
        type: "button",
        className: "close",
        "aria-label": say("close"),
        textContent: "×",
        onclick: closeReading,
      }),
    ),
    source.characters ? reportText(source, place) : quotesOnly(report, place),
  );
  const target = pane.querySelector("[data-here]");
  if (target) target.scrollIntoView({ block: "center" });
  else pane.querySelector(".report-text").scrollTop = 0;
  pane.focus({ preventScroll: true });
}

function closeReading() {
  go({ fact: null, report: -1 });
}

/** The whole source text, paragraph by paragraph. */
function reportText(source, place) {
  const text = source.characters;
  const sentences = quotes
    .filter((quote) => quote.facts.length)
    .flatMap((quote) =>
      quote.places
        .filter((at) => at.source === source.index)
        .map(({ start, end }) => ({ start, end, quote })),
    )
    .sort((a, b) => a.start - b.start);
  const box = make("div", { className: "report-text", tabIndex: 0 });
  let paragraph = make("p");
  const write = (content) => {
    // a blank line ends a paragraph; single ends of lines stay inside
    const parts = content.split(/\n/);
    parts.forEach((part, i) => {
      if (i > 0) {
        if (paragraph.textContent.trim()) box.append(paragraph);
        paragraph = make("p");
      }
      paragraph.append(part);
    });
  };
  let at = 0;
  for (const { start, end, quote } of sentences) {
    if (start < at) continue;
    write(cut(text, at, start));
    paragraph.append(sentence(text, start, end, quote, place));
    at = end;
  }
  write(cut(text, at, text.length));
  if (paragraph.textContent.trim()) box.append(paragraph);
  return box;
}

/** A sentence that states something: choosing it shows what. */
function sentence(text, start, end, quote, place) {
  const here = place && place.quote === quote;
  const spans = here ? place.spans.map((offset) => offset - start) : [];
  const choose = () => go({ focus: -1, target: -1, fact: quote.facts[0] });
  const element = make(
    "span",
    {
      className: here ? "sentence here" : "sentence",
      role: "button",
      tabIndex: 0,
      title: say("facts", { count: quote.facts.length }),
      onclick: choose,
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose();
      },
    },
    marked(characters(cut(text, start, end)), spans),
  );
  if (here) element.dataset.here = "";
  return element;
}

/** Where the text is too long for the page: the sentences that facts rest on. */
function quotesOnly(report, place) {
  return make(
    "div",
    { className: "report-text", tabIndex: 0 },
    make("p", {
      className: "note",
      textContent: say("text-left-out", { name: sources[report.sources[0]].name }),
    }),
    quotes
      .filter((quote) => quote.report === report.index && quote.facts.length)
      .sort((a, b) => a.places[0].start - b.places[0].start)
      .map((quote) => {
        const here = place && place.quote === quote;
        const line = make(
          "p",
          { className: here ? "sentence here" : "" },
          marked(quote.characters, here ? place.marks : []),
        );
        if (here) line.dataset.here = "";
        return line;
      }),
  );
}
