// Reads a GEXF file with the parser of Gephi Lite and prints it as JSON.
const fs = require("fs");
const Graph = require("graphology");
const gexf = require("graphology-gexf");

const text = fs.readFileSync(process.argv[2], "utf8");
// Stricter than Gephi Lite, which forgives undeclared attributes (of which it takes dynamic ones
// to be some: --timed) and missing nodes.
const graph = gexf.parse(Graph, text, {
  allowUndeclaredAttributes: process.argv.includes("--timed"),
  addMissingNodes: false,
});
process.stdout.write(JSON.stringify(graph.export()));
