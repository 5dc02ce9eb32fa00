// Reads an RDF file with N3.js and prints its triples as N-Triples.
// node read.js FILE MEDIA-TYPE
const { readFileSync } = require("node:fs");
const { Parser, Writer } = require("n3");

const [file, format] = process.argv.slice(2);
const quads = new Parser({ format }).parse(readFileSync(file, "utf8"));
const writer = new Writer({ format: "N-Triples" });
process.stdout.write(writer.quadsToString(quads));
