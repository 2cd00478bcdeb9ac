// Imports a file in graphology's exchange format and prints node and edge counts.
const fs = require("fs");
const Graph = require("graphology");

const graph = Graph.from(JSON.parse(fs.readFileSync(process.argv[2], "utf8")));
process.stdout.write(JSON.stringify({ nodes: graph.order, edges: graph.size, type: graph.type }));
