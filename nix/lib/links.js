// node links.js TREE FILE: makes the symbolic links that the file lists, one a line: place in the tree, tab, text.
// Ten thousands of them would take minutes with a process for each.
const { mkdirSync, readFileSync, symlinkSync } = require('fs');
const { dirname } = require('path');

const [tree, file] = process.argv.slice(2);
const made = new Set();
for (const line of readFileSync(file, 'latin1').split('\n')) {
  if (line === '') continue;
  const [place, text] = line.split('\t').map((part) => Buffer.from(part, 'latin1'));
  const folder = `${tree}/${dirname(place.toString())}`;
  if (!made.has(folder)) {
    mkdirSync(folder, { recursive: true });
    made.add(folder);
  }
  symlinkSync(text, Buffer.concat([Buffer.from(`${tree}/`), place]));
}
