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
  const source = place ? place.source : sources[report.places[0].source];
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
  const begin = pane.querySelector(`[data-document="${report.index}"]`);
  if (target) target.scrollIntoView({ block: "center" });
  else if (begin) begin.scrollIntoView({ block: "start" });
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
  const page = new Page(source);
  let at = 0;
  for (const { start, end, quote, report } of [...documentsIn(source), ...sentences].sort(
    (a, b) => a.start - b.start,
  )) {
    if (start < at) continue;
    page.write(cut(text, at, start));
    if (report) page.begin(report);
    else page.put(sentence(text, start, end, quote, place), cut(text, start, end));
    at = end;
  }
  page.write(cut(text, at, text.length));
  page.end();
  return page.box;
}

/** Where the documents of a file begin, if it holds several. */
function documentsIn(source) {
  const begins = reports.flatMap((report) =>
    report.places
      .filter((at) => at.source === source.index)
      .map(({ start }) => ({ start, end: start, report })),
  );
  return begins.length > 1 ? begins : [];
}

/** Sets a text in paragraphs; lines that were broken for print are joined. */
class Page {
  constructor(source) {
    this.box = make("div", { className: "report-text", tabIndex: 0 });
    this.paragraph = make("p");
    this.line = 0;
    this.full = fullLine(source);
  }

  write(text) {
    text.split("\n").forEach((part, i) => {
      if (i > 0) {
        if (this.line < this.full || /^\s*$/.test(part)) this.end();
        this.line = 0;
      }
      this.paragraph.append(this.line === 0 ? part.trimStart() : part);
      this.line += part.length;
    });
  }

  put(element, text) {
    const last = text.lastIndexOf("\n");
    this.line = last < 0 ? this.line + text.length : text.length - last - 1;
    this.paragraph.append(element);
  }

  /** Begins another document; its name stands beside the text, not in it. */
  begin(report) {
    this.end();
    this.line = 0;
    const head = make("div", {
      className: "document",
      role: "separator",
      "aria-label": reportName(report),
    });
    head.dataset.document = report.index;
    head.dataset.name = reportName(report);
    this.box.append(head);
  }

  end() {
    if (this.paragraph.textContent.trim()) this.box.append(this.paragraph);
    this.paragraph = make("p");
  }
}

/**
 * How long a line is that goes on in the next one. A text most of whose lines
 * end amid a sentence was broken for print; in any other, lines are paragraphs.
 */
function fullLine(source) {
  const lines = cut(source.characters, 0, source.characters.length)
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const ended = lines.filter((line) => /[。！？：；…”」）]$/.test(line)).length;
  if (lines.length < 8 || ended > lines.length * 0.4) return Infinity;
  const lengths = lines.map((line) => line.length).sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.8)] * 0.75;
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
    marked(characters(cut(text, start, end)), spans).map(joined),
  );
  if (here) element.dataset.here = "";
  return element;
}

/** A part of a sentence without the ends of lines inside it. */
function joined(part) {
  const flat = (text) => text.replace(/\s*\n\s*/g, "");
  if (typeof part === "string") return flat(part);
  part.textContent = flat(part.textContent);
  return part;
}

/** Where the text is too long for the page: the sentences that facts rest on. */
function quotesOnly(report, place) {
  return make(
    "div",
    { className: "report-text", tabIndex: 0 },
    make("p", {
      className: "note",
      textContent: say("text-left-out", { name: sources[report.places[0].source].name }),
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
