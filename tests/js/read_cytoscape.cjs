// Loads a file with Cytoscape.js without a screen and prints what it holds.
const fs = require("fs");
const cytoscape = require("cytoscape");

const document = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const graph = cytoscape({
  headless: true,
  styleEnabled: false,
  elements: document.elements,
  layout: { name: "preset" },
});
process.stdout.write(
  JSON.stringify({
    nodes: graph.nodes().map((node) => ({ ...node.data(), ...node.position() })),
    edges: graph.edges().map((edge) => edge.data()),
  }),
);
