// What can be taken away: pictures, links, Turtle, SPARQL.

const exports = { png, svg, csv, link, turtle, sparql };

function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const anchor = make("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function fileName(suffix) {
  const name = view.focus >= 0 ? things[view.focus].short : "zhengpu";
  return `${name.replace(/[\\/:*?"<>|\s\p{C}]+/gu, "-").slice(0, 60)}.${suffix}`;
}

/** The picture as it is seen, on its background. */
function png() {
  const seen = network.canvas.frame.canvas;
  const copy = make("canvas", { width: seen.width, height: seen.height });
  const context = copy.getContext("2d");
  context.fillStyle = ink("paper");
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(seen, 0, 0);
  copy.toBlob((blob) => download(fileName("png"), blob), "image/png");
}

/** The picture drawn again as vectors: the same calls, written down. */
function svg() {
  const { width, height } = stageSize();
  const pen = new Pen(width, height);
  const lens = camera();
  pen.fillStyle = ink("paper");
  pen.fillRect(0, 0, width, height);
  const at = (x, y) => lens.onScreen(x, y);
  for (const [list, name] of [
    [knowledge.discs.map((row) => row.slice(1)), "home"],
    [knowledge.communities, "community"],
  ]) {
    for (const [x, y, r] of list) {
      const centre = at(x, y);
      disc(pen, centre.x, centre.y, r * lens.scale);
      pen.fillStyle = ink(name);
      pen.fill();
    }
  }
  edges.forEach(({ from, to, color, hidden }) => {
    if (hidden) return;
    const [start, end] = [nodes.get(from), nodes.get(to)].map(({ x, y }) => at(x, y));
    pen.strokeStyle = color.color;
    pen.globalAlpha = color.opacity;
    pen.lineWidth = lens.scale;
    pen.beginPath();
    pen.moveTo(start.x, start.y);
    pen.lineTo(end.x, end.y);
    pen.stroke();
  });
  pen.globalAlpha = 1;
  nodes.forEach(({ id, x, y, hidden }) => {
    if (hidden) return;
    const centre = at(x, y);
    disc(pen, centre.x, centre.y, things[id].radius * lens.scale);
    pen.fillStyle = ink(things[id].type);
    pen.fill();
  });
  drawLayers(pen);
  download(fileName("svg"), new Blob([pen.text()], { type: "image/svg+xml" }));
}

/** The table's facts, as spreadsheets open them. */
function csv() {
  const rows = tableFacts().map((fact) => [
    things[fact.subject].name,
    columns[1].value(fact),
    fact.relation ? things[fact.object].name : fact.value,
    fact.relation ? "" : fact.unit,
    fact.role || "",
    fact.period,
    columns[4].value(fact),
    fact.places[0].quote.text,
    reportName(reports[fact.places[0].quote.report]),
    fact.places[0].source.name,
  ]);
  const heads = ["subject", "relation", "object", "unit", "role", "time", "status"];
  const head = [...heads, "sentence", "reports", "source"].map((word) => say(word));
  const lines = [head, ...rows].map((row) => row.map(cell).join(","));
  const text = `\ufeff${lines.join("\r\n")}\r\n`;
  download(fileName("csv"), new Blob([text], { type: "text/csv" }));
}

/** A text as a cell that no spreadsheet takes for a formula. */
function cell(text) {
  const plain = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;
  return `"${plain.replace(/"/g, '""')}"`;
}

// -- texts to copy --------------------------------------------------------------------

async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // pages from files may be refused; the old way still works there
    const field = make("textarea", { value: text, className: "aside" });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  toast(say(told));
}

function link() {
  copy(location.href, "link-copied");
}

function turtle() {
  copy(turtleOf(view.focus >= 0 ? things[view.focus] : null), "turtle-copied");
}

function sparql() {
  copy(sparqlOf(view.focus >= 0 ? things[view.focus] : null), "sparql-copied");
}

function iriOf(key) {
  return `<${knowledge.base}${key}>`;
}

function literal(text) {
  const signs = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  return `"${String(text).replace(/[\\"\n\r\t]/g, (sign) => signs[sign])}"`;
}

/** The facts of a thing, or all that pass, as Turtle; plans as claims only. */
function turtleOf(thing) {
  const wanted = (thing ? thing.claims : claims).filter(isShown);
  const numbers = (thing ? thing.figures : figures).filter((fact) =>
    passing.facts.has(fact),
  );
  const named = new Set(thing ? [thing.index] : []);
  for (const claim of wanted) named.add(claim.subject).add(claim.object);
  for (const figure of numbers) named.add(figure.subject);
  const lines = [
    `@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .`,
    `@prefix skos: <http://www.w3.org/2004/02/skos/core#> .`,
    `@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .`,
    `@prefix zp: <${knowledge.ontology}> .`,
    "",
  ];
  for (const index of [...named].sort((a, b) => a - b)) {
    const { key, type, name } = things[index];
    lines.push(
      `${iriOf(key)} a zp:${types.get(type).term} ; skos:prefLabel ${literal(name)}@zh-Hans .`,
    );
  }
  for (const { id, subject, relation, object, planned } of wanted) {
    const ends = [things[subject].key, things[object].key].map(iriOf);
    if (!planned) lines.push(`${ends[0]} zp:${relation} ${ends[1]} .`);
    lines.push(
      `${iriOf(`Claim/${id}`)} a zp:Claim ; rdf:subject ${ends[0]} ; rdf:predicate zp:${relation} ; rdf:object ${ends[1]} ; zp:planned ${planned} .`,
    );
  }
  for (const { id, subject, measure, value, unit, planned } of numbers) {
    lines.push(
      `${iriOf(`Observation/${id}`)} a zp:Observation ; zp:subject ${iriOf(things[subject].key)} ; zp:measure ${literal(measure)}@zh-Hans ; zp:value "${value}"^^xsd:decimal ; zp:unit ${literal(unit)}@zh-Hans ; zp:planned ${planned} .`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** A query for what is seen: a thing's facts with their sentences, or all. */
function sparqlOf(thing) {
  const about = thing
    ? `  VALUES ?thing { ${iriOf(thing.key)} }\n  { ?claim rdf:subject ?thing } UNION { ?claim rdf:object ?thing }\n`
    : "";
  return `PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX zp: <${knowledge.ontology}>

SELECT ?subject ?relation ?object ?planned ?sentence WHERE {
${about}  ?claim a zp:Claim ;
    rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
    zp:planned ?planned ; zp:evidence/oa:hasSelector/oa:exact ?sentence .
}
ORDER BY ?relation ?subject ?object
`;
}
