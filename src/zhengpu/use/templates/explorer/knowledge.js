// The build's things and facts, read from the page's lists (see drawn.py).

const knowledge = parsed("knowledge");
const picture = parsed("picture");

const types = new Map(
  knowledge.types.map(([id, term, zh, en]) => [id, { id, term, label: { zh, en } }]),
);
const relations = new Map(
  knowledge.relations.map(([id, zh, en], order) => [id, { id, order, label: { zh, en } }]),
);
const kinds = new Map(
  Object.entries(knowledge.kinds).map(([id, [zh, en]]) => [id, { zh, en }]),
);

const things = knowledge.things.map((row, index) => {
  const [key, type, name, aliases, pinyin, short, kind, where, level, reports] = row;
  return {
    index,
    key,
    type,
    name,
    aliases,
    pinyin,
    short,
    kind,
    where,
    level,
    reports,
    claims: [],
    figures: [],
    radius: picture.nodes[index] ? picture.nodes[index].size : 5,
    home: knowledge.homeOf[index],
  };
});

const sources = knowledge.sources.map(([name, text], index) => ({
  index,
  name,
  characters: text === 0 ? null : characters(text),
}));

const reports = knowledge.reports.map((row, index) => {
  const [key, thing, title, kind, place, body, period, date, presenter, files] = row;
  const places = files.map(([source, start, end]) => ({ source, start, end }));
  return {
    index,
    key,
    thing,
    title,
    kind,
    place,
    body,
    date,
    presenter,
    places,
    facts: 0,
    years: yearsOf(period) || yearsOf(date),
  };
});

const quotes = knowledge.quotes.map(([report, section, ownText, rows], index) => {
  const places = rows.map(([source, start, end]) => ({ source, start, end }));
  const [{ source, start, end }] = places;
  const text = ownText === 0 ? cut(sources[source].characters, start, end) : ownText;
  return { index, report, section, text, characters: characters(text), places, facts: [] };
});

const claims = knowledge.claims.map((row) => {
  const [id, subject, number, object, role, period, planned, places] = row;
  const relation = knowledge.relations[number][0];
  const fact = { id, subject, relation, object, role, period, planned: planned === 1 };
  things[subject].claims.push(fact);
  things[object].claims.push(fact);
  return placed(fact, places);
});

const figures = knowledge.figures.map((row) => {
  const [id, subject, measure, value, unit, approx, period, basis, planned, places] = row;
  const fact = {
    id,
    subject,
    measure,
    value,
    unit,
    approx: approx === 1,
    period,
    basis,
    planned: planned === 1,
  };
  things[subject].figures.push(fact);
  return placed(fact, places);
});

const facts = [...claims, ...figures];
for (const fact of facts) for (const report of fact.reports) reports[report].facts++;
const factById = new Map(facts.map((fact) => [fact.id, fact]));
const thingByKey = new Map(things.map((thing) => [thing.key, thing.index]));

/** Gives a fact the places that attest it, its reports and its years. */
function placed(fact, places) {
  fact.places = places.map(([number, source, marks, spans, rule, confidence, omitted]) => {
    const quote = quotes[number];
    const { start } = quote.places.find((place) => place.source === source);
    return {
      quote,
      source: sources[source],
      marks,
      spans: spans === 0 ? marks.map((at) => at + start) : spans,
      rule: knowledge.rules[rule],
      confidence,
      omitted: omitted === 1,
    };
  });
  for (const place of fact.places) place.quote.facts.push(fact);
  fact.reports = [...new Set(fact.places.map((place) => place.quote.report))];
  fact.years = yearsOf(fact.period) || span(fact.reports.map((i) => reports[i].years));
  return fact;
}

/** The first and last year that a text names, or null. */
function yearsOf(text) {
  const years = (text.match(/(?:19|20)\d\d/g) || []).map(Number);
  return years.length ? [Math.min(...years), Math.max(...years)] : null;
}

function span(ranges) {
  const known = ranges.filter(Boolean);
  if (!known.length) return null;
  return [Math.min(...known.map((r) => r[0])), Math.max(...known.map((r) => r[1]))];
}

/** A text whose places count characters, as Python's do, not UTF-16 units. */
function characters(text) {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
}

function cut(text, start, end) {
  const part = text.slice(start, end);
  return typeof part === "string" ? part : part.join("");
}

/** The other end of a claim. */
function otherEnd(claim, thing) {
  return claim.subject === thing ? claim.object : claim.subject;
}

/** The thing that a report is about: its place, else its body, else -1. */
function ownerOf(report) {
  return report.place >= 0 ? report.place : report.body;
}

/** A report in few words: place or body, year, kind. */
function reportName(report) {
  const owner = ownerOf(report);
  return [owner >= 0 ? things[owner].short : "", termName(report)]
    .filter(Boolean)
    .join(" · ");
}

/** A report among those of its place: year and kind, or what tells it apart. */
function termName(report) {
  if (!report.years) return report.thing >= 0 ? things[report.thing].short : report.title;
  return [yearText(report.years), report.kind || report.title].join(" · ");
}

function yearText([from, to]) {
  return from === to ? String(from) : `${from}–${to}`;
}

const SIX_PLACES = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
const FOUR_PLACES = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** A figure's value as people write it: 1,400,000,000,000 is 1.4 万亿. */
function valueText(figure) {
  const number = Number(figure.value);
  const sign = figure.approx ? (language === "zh" ? "约 " : "≈ ") : "";
  const digits = SIX_PLACES.format(number);
  if (language === "zh" && Math.abs(number) >= 1e8) {
    const [size, unit] = Math.abs(number) >= 1e12 ? [1e12, "万亿"] : [1e8, "亿"];
    const share = FOUR_PLACES.format(number / size);
    return `${sign}${share} ${unit}${figure.unit}`;
  }
  return `${sign}${digits} ${figure.unit}`;
}
