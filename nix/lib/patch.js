// patch.js PATCH: changes the files of the current folder as Bun 1.4 does, with the same exceptions as PatchText, which tries
// patches where the tree is generated. Says in one clause why it does not.
const fs = require("fs");
const path = require("path");

class Refusal extends Error {}
const refuse = (clause) => {
  throw new Refusal(clause);
};

// loops, since an expression of this kind takes quadratic time where the characters do not stand at the end
const withoutEnd = (line, characters) => {
  let end = line.length;
  while (end > 0 && characters.includes(line[end - 1])) end--;
  return line.slice(0, end);
};

const beforeTab = (name) => name.split("\t", 1)[0];

const unquoted = (name) => {
  if (!name.startsWith('"')) return beforeTab(name);
  const end = name.lastIndexOf('"');
  if (end === 0) refuse("has a name whose quote is not closed");
  return name
    .slice(1, end)
    .replace(/\\([0-7]{3}|.)/gs, (_, escape) =>
      escape.length === 3
        ? String.fromCharCode(parseInt(escape, 8) & 0xff)
        : ({ n: "\n", t: "\t" }[escape] ?? escape),
    );
};

const inside = (name) => {
  const names = name.split("/").filter((part) => part !== ".");
  if (names.includes("..") || names.includes("")) refuse("names a file outside the package");
  return names.join("/");
};

// without the folder in front; null for none
const stripped = (name) => {
  const plain = unquoted(name);
  return plain.includes("/") ? plain.slice(plain.indexOf("/") + 1) : null;
};

const pathOf = (name) => {
  if (beforeTab(name) === "/dev/null") return null;
  const plain = stripped(name);
  return plain === null ? null : inside(plain);
};

function namesOf(both) {
  const middle = both.length >> 1;
  let split = both.indexOf(" b/");
  if (both.startsWith('"')) split = both.indexOf('" ') + 1;
  else if (both.length % 2 === 1 && both[middle] === " ") {
    const one = stripped(both.slice(0, middle)) ?? "";
    if (stripped(both.slice(middle + 1)) === one) split = middle;
  }
  return split > 0
    ? { from: pathOf(both.slice(0, split)), to: pathOf(both.slice(split + 1)) }
    : { from: null, to: null };
}

function read(text) {
  const lines = text.split(/(?<=\n)/);
  const header = (number) => withoutEnd(lines[number] ?? "", "\r\n");
  const files = [];
  let open = null;
  const close = () => {
    if (open && open.from === null && open.to === null) refuse("has a part that names no file");
    if (open) files.push(open);
    open = null;
  };
  const start = (names) => {
    close();
    open = { ...names, hunks: [] };
  };
  for (let at = 0; at < lines.length; at++) {
    const line = header(at);
    const isInHead = open !== null && open.hunks.length === 0;
    if (line.startsWith("diff --git ")) start(namesOf(line.slice("diff --git ".length)));
    else if (line.startsWith("--- ") && header(at + 1).startsWith("+++ ")) {
      if (!isInHead || open.hasNames) start({});
      open.hasNames = true;
      open.from = pathOf(line.slice(4));
      open.to = pathOf(header(at + 1).slice(4));
      at++;
    } else if (line.startsWith("@@ ")) at = readHunk(lines, at, open) - 1;
    else if (line.startsWith("GIT binary patch")) refuse("has a part that is not text");
    else if (isInHead) readExtended(open, line);
  }
  close();
  if (files.length === 0) refuse("names no files");
  return files;
}

function readExtended(file, line) {
  const mode = /^(new file|deleted file|old|new) mode (.*)$/.exec(line);
  if (mode) {
    if (!/^100(644|755)$/.test(mode[2])) refuse(`has the mode ${mode[2]}, which no file of a package has`);
    file.isNew ||= mode[1] === "new file";
    file.isDeleted ||= mode[1] === "deleted file";
    if (mode[1] !== "old") file.isProgram = mode[2] === "100755";
    file.hasMode = true;
  } else if (line.startsWith("rename from ")) {
    file.isRenamed = true;
    file.from = inside(unquoted(line.slice("rename from ".length)));
  } else if (line.startsWith("rename to ")) file.to = inside(unquoted(line.slice("rename to ".length)));
}

// gives the number of the line after it
function readHunk(lines, head, file) {
  const ranges = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/.exec(lines[head]);
  if (!file || !ranges) refuse(`is malformed at line ${head + 1}`);
  const wrong = () => refuse(`has a hunk at line ${head + 1} whose counts are wrong`);
  const parts = [];
  const mark = () => {
    if (parts.length > 0) parts[parts.length - 1].isEnded = false;
  };
  let before = Number(ranges[2] ?? 1);
  let after = Number(ranges[3] ?? 1);
  let at = head + 1;
  for (; before > 0 || after > 0; at++) {
    const body = lines[at] ?? "";
    const kind = body === "" ? "?" : /^\r?\n$/.test(body) ? " " : body[0];
    if (kind === "\\") {
      mark();
      continue;
    }
    before -= kind === "+" ? 0 : 1;
    after -= kind === "-" ? 0 : 1;
    if (!" +-".includes(kind) || before < 0 || after < 0) wrong();
    const text = body.replace(/\n$/, "");
    parts.push({ kind, text: text === "" || text === "\r" ? text : text.slice(1), isEnded: true });
  }
  if ((lines[at] ?? "").startsWith("\\")) {
    mark();
    at++;
  }
  if (/^([ +].+|-(?!-(?:-| ?$)).*)$/.test(withoutEnd(lines[at] ?? "", "\r\n"))) wrong();
  file.hunks.push({ start: Number(ranges[1]), parts });
  return at;
}

// lines that are compared and, eight for one, lines that move
let steps = 50_000_000;
const take = (more) => {
  steps -= more;
  if (steps < 0) refuse("compares too many lines");
};

function change(name, content, hunks) {
  // lines without their carriage returns, numbered; what a hunk has put there has -1
  const numbers = new Map();
  const numberOf = (text) => {
    const plain = withoutEnd(text, "\r");
    if (!numbers.has(plain)) numbers.set(plain, numbers.size);
    return numbers.get(plain);
  };
  const lines = content
    .split(/(?<=\n)/)
    .filter((line) => line !== "")
    .map((line) => {
      const text = line.replace(/\n$/, "");
      return { text, isEnded: line.endsWith("\n"), number: numberOf(text) };
    });
  const isAt = (old, start) => {
    let same = 0;
    if (start >= 0 && start + old.length <= lines.length)
      while (same < old.length && lines[start + same].number === old[same]) same++;
    take(same + 1);
    return same === old.length;
  };
  const find = (old, expected) => {
    if (old.length === 0) return expected >= 0 && expected <= lines.length ? expected : -1;
    const start = Math.max(0, Math.min(expected, lines.length));
    for (let distance = 0; distance <= lines.length; distance++) {
      if (isAt(old, start + distance)) return start + distance;
      if (isAt(old, start - distance)) return start - distance;
    }
    return -1;
  };
  let shift = 0;
  hunks.forEach((hunk, number) => {
    const old = hunk.parts.filter((part) => part.kind !== "+").map((part) => numberOf(part.text));
    const expected = (old.length === 0 ? hunk.start : Math.max(0, hunk.start - 1)) + shift;
    const found = find(old, expected);
    if (found < 0) refuse(`does not fit ${name} (hunk ${number + 1}, for line ${hunk.start})`);
    const isAtEnd = found + old.length === lines.length;
    const fresh = [];
    let next = found;
    for (const part of hunk.parts) {
      if (part.kind !== "-") {
        const text = part.kind === "+" ? part.text : lines[next].text;
        fresh.push({ text, isEnded: !isAtEnd || part.isEnded, number: -1 });
      }
      next += part.kind === "+" ? 0 : 1;
    }
    take((lines.length - found) >> 3);
    lines.splice(found, old.length);
    // an argument for each line would end on the stack
    for (let at = 0; at < fresh.length; at += 10_000)
      lines.splice(found + at, 0, ...fresh.slice(at, at + 10_000));
    shift += fresh.length - old.length + (found - expected);
  });
  return lines
    .map((line, i) => line.text + (i < lines.length - 1 || line.isEnded ? "\n" : ""))
    .join("");
}

// the lines of one kind that a new file's hunk begins with
function firstRun(hunk) {
  const end = hunk.parts.findIndex((part) => part.kind !== hunk.parts[0].kind);
  return hunk.parts
    .slice(0, end < 0 ? undefined : end)
    .map((part) => part.text + (part.isEnded ? "\n" : ""))
    .join("");
}

const onDisk = (name) => Buffer.from(name, "latin1");
const exists = (name) => fs.lstatSync(onDisk(name), { throwIfNoEntry: false })?.isFile() ?? false;

function write(name, content, mode) {
  fs.mkdirSync(onDisk(path.dirname(name)), { recursive: true });
  fs.writeFileSync(onDisk(name), content, { encoding: "latin1", mode });
}

function apply(file) {
  const name = file.isDeleted ? (file.from ?? file.to) : (file.to ?? file.from);
  const source = file.isRenamed ? (file.from ?? name) : name;
  const isMade = file.isNew || (file.from === null && !exists(name));
  const isTouched = file.hunks.length > 0 || file.isDeleted || file.isRenamed || file.hasMode;
  if (isTouched && !isMade && !exists(source)) refuse(`changes ${source}, which the package has not`);
  if (file.isNew) {
    // a file that was there before keeps its mode
    write(name, file.hunks.length === 0 ? "" : firstRun(file.hunks[0]), file.isProgram ? 0o755 : 0o644);
    return;
  }
  if (file.isDeleted) {
    fs.unlinkSync(onDisk(name));
    return;
  }
  if (file.isRenamed) {
    fs.mkdirSync(onDisk(path.dirname(name)), { recursive: true });
    fs.renameSync(onDisk(source), onDisk(name));
  }
  if (file.hunks.length > 0) {
    const content = change(name, exists(name) ? fs.readFileSync(onDisk(name), "latin1") : "", file.hunks);
    if (file.to === null && content !== "") refuse(`deletes ${name}, but not all that is in it`);
    if (file.to === null) fs.unlinkSync(onDisk(name));
    else write(name, content, 0o644);
  }
  if (file.isProgram !== undefined) fs.chmodSync(onDisk(name), file.isProgram ? 0o755 : 0o644);
}

try {
  read(fs.readFileSync(process.argv[2], "latin1")).forEach(apply);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(Buffer.from(error.message, "latin1").toString());
  process.exit(1);
}
