// Prints the entries of a node_modules scope that a build may write.
//   node writable.js TREE GRAPH NAMED GENERATORS
// GRAPH: lines of a package's place, its name@resolution and the places of its dependencies, tabs between; NAMED: names of
// packages, one a line; GENERATORS: from the name of a package to those of the packages that it writes.
const fs = require("fs");
const path = require("path");

const [tree, graph, named, generators] = process.argv.slice(2);
const MAX_BYTES = 256 * 1024;
const MAX_FILES = 400;
const MAX_DEPTH = 3;
// a name that begins with a dot is no package of a registry
const GENERATED = /(?:require(?:\.resolve)?\(\s*|from\s*|import\s*\(?\s*)["'`]\.[A-Za-z_]/;

const lines = (file) => fs.readFileSync(file, "utf8").split("\n").filter((line) => line !== "");
const packages = lines(graph).map((line) => {
  const [place, id, ...uses] = line.split("\t");
  return { place, name: id.slice(0, id.indexOf("@", 1)), uses };
});

function importsGenerated(place) {
  let left = MAX_FILES;
  const walk = (folder, depth) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      if (left === 0) return false;
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (depth < MAX_DEPTH && entry.name !== "node_modules" && walk(file, depth + 1)) return true;
      } else if (entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name)) {
        left--;
        if (fs.statSync(file).size <= MAX_BYTES && GENERATED.test(fs.readFileSync(file, "latin1"))) return true;
      }
    }
    return false;
  };
  const folder = path.join(tree, place);
  return fs.existsSync(folder) && walk(folder, 1);
}

const table = JSON.parse(fs.readFileSync(generators, "utf8"));
const wanted = new Set(lines(named));
for (const { name } of packages) for (const written of Object.hasOwn(table, name) ? table[name] : []) wanted.add(written);

const users = new Map();
for (const { place, uses } of packages) {
  for (const used of uses) users.set(used, [...(users.get(used) ?? []), place]);
}
const open = packages.filter(({ name, place }) => wanted.has(name) || importsGenerated(place)).map(({ place }) => place);
const found = new Set(open);
while (open.length > 0) {
  for (const user of users.get(open.pop()) ?? []) {
    if (!found.has(user)) {
      found.add(user);
      open.push(user);
    }
  }
}

// what stands directly in a node_modules of the project: a package with all that is in it, or an entry of an isolated tree
const entry = (place) => /^(?:.*?\/)??node_modules\/(?:\.bun\/[^/]+|@[^/]+\/[^/]+|[^/]+)/.exec(place)[0];
const entries = [...new Set([...found].map(entry))].sort();
process.stdout.write(entries.map((line) => line + "\n").join(""));
