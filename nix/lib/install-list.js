// Names what of a project is installed where no profile says it.
//   bun install-list.js SOURCE MEMBERS, in the built project's root
// SOURCE is the project before it was built, MEMBERS a JSON list of the folders of workspaces that run, "" for the root.
// Prints paths of files and links, each with a NUL behind it, and tells people what stays behind.
const { existsSync, lstatSync, readFileSync, readdirSync } = require("fs");
const path = require("path");

const [source, members] = [process.argv[2], JSON.parse(process.argv[3])];
const inner = members.filter((member) => member !== "");

// what npm packs whatever `files` says, and what Bun reads when it runs a program
const ALWAYS = /^(package\.json|(readme|licen[cs]e|copying|notice)(\..*)?|[jt]sconfig(\.[^/]*)?\.json|bunfig\.toml)$/i;
// what npm never packs
const NEVER =
  /^(\.git|\.gitignore|\.npmignore|\.gitattributes|\.gitmodules|\.svn|\.hg|CVS|\.DS_Store|\._.*|\..*\.swp|.*\.orig|\.lock-wscript|\.wafpickle-.*|config\.gypi|npm-debug\.log|\.npmrc|node_modules)$/;
const LOCKFILES = /^(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;
// what no program needs of a project that lists nothing
const TEST_FOLDERS = /^(tests?|__tests__|__mocks__|specs?|e2e|cypress|docs?|coverage|benchmarks?)$/i;
const TEST_FILES = /\.(test|spec)\.[cm]?[jt]sx?$/i;

const manifest = (folder) => {
  try {
    const read = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    return read !== null && typeof read === "object" ? read : {};
  } catch {
    return {};
  }
};

// texts in a value of any shape that name files of the package
const named = (value) =>
  typeof value === "string" ? [value] : value !== null && typeof value === "object" ? Object.values(value).flatMap(named) : [];
const entries = (read) =>
  [
    ...["main", "module", "browser"].map((field) => read[field]).filter((value) => typeof value === "string"),
    ...named(read.bin),
    ...named(read.exports),
  ]
    .map((entry) => path.posix.normalize(entry))
    .filter((entry) => !entry.startsWith("..") && !path.posix.isAbsolute(entry) && !entry.includes("*"));

// all files and links below a folder, in the order of their names
const walk = (folder, skip, found = []) => {
  for (const item of readdirSync(folder || ".", { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = folder ? `${folder}/${item.name}` : item.name;
    if (item.name === "node_modules" || item.name === ".git" || skip.includes(file)) continue;
    if (item.isDirectory()) walk(file, skip, found);
    else found.push(file);
  }
  return found;
};

// a list of patterns, of which the last that fits a file or a folder above it decides
const listed = (patterns) => {
  const rules = patterns
    .filter((pattern) => typeof pattern === "string")
    .map((pattern) => {
      const isOut = pattern.startsWith("!");
      const plain = path.posix.normalize(isOut ? pattern.slice(1) : pattern).replace(/^\/+|\/+$/g, "");
      return { isOut, isAll: plain === "." || plain === "", glob: new Bun.Glob(plain) };
    });
  return (file) => {
    const places = file.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));
    const last = rules.findLast((rule) => rule.isAll || places.some((place) => rule.glob.match(place)));
    return last !== undefined && !last.isOut;
  };
};

// modules of the package itself that some of its files load
const CODE = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx"];
const TRIED = ["", ...CODE, ".json", ...CODE.map((ending) => `/index${ending}`)];
const isFile = (file) => existsSync(file) && lstatSync(file).isFile();
const reached = (starts) => {
  const seen = new Set();
  const open = starts.flatMap((start) => TRIED.map((ending) => start + ending).filter(isFile).slice(0, 1));
  while (open.length > 0) {
    const file = open.pop();
    if (seen.has(file)) continue;
    seen.add(file);
    const kind = path.extname(file).slice(1).replace(/^[cm]/, "");
    if (!["js", "ts", "jsx", "tsx", ""].includes(kind)) continue;
    let imports = [];
    try {
      const code = readFileSync(file, "utf8").replace(/^#![^\n]*/, "");
      imports = new Bun.Transpiler({ loader: kind === "" ? "js" : kind }).scanImports(code);
    } catch {
      // it will say so itself when it runs
    }
    for (const { path: to } of imports.filter((one) => /^\.\.?(\/|$)/.test(one.path))) {
      const base = path.posix.join(path.posix.dirname(file), to);
      if (base.startsWith("..")) continue;
      const plain = base.replace(/\.[cm]?jsx?$/, "");
      // TypeScript may name what will be compiled
      const other = plain === base ? [] : CODE.map((ending) => plain + ending);
      const next = [...TRIED.map((ending) => base + ending), ...other];
      open.push(...next.filter(isFile).slice(0, 1));
    }
  }
  return seen;
};

const read = manifest(".");
const starts = entries(read);
const isListed = Array.isArray(read.files) ? listed(read.files) : undefined;
const needed = isListed ? reached(starts) : new Set();
// a folder of an entry that no list names has what it loads
const folders = new Set(starts.filter((entry) => entry.includes("/")).map((entry) => entry.split("/")[0]));

const isOfRoot = (file) => {
  const [top, ...rest] = file.split("/");
  const names = file.split("/");
  if (names.some((name) => NEVER.test(name)) || (rest.length === 0 && LOCKFILES.test(top))) return false;
  if (rest.length === 0 && ALWAYS.test(top)) return true;
  if (isListed) {
    return (
      isListed(file) || needed.has(file) || starts.includes(file) || starts.some((entry) => file.startsWith(`${entry}/`)) ||
      (folders.has(top) && starts.some((entry) => entry.startsWith(`${top}/`) && !isListed(entry)))
    );
  }
  return !top.startsWith(".") && isOfProject(names, folders);
};
const isOfMember = (member) => {
  const own = new Set(entries(manifest(member)).map((entry) => entry.split("/")[0]));
  return (file) => {
    const names = file.slice(member.length + 1).split("/");
    return !names.some((name) => NEVER.test(name)) && isOfProject(names, own);
  };
};
const isOfProject = (names, kept) => {
  const isTest =
    (names.length > 1 && TEST_FOLDERS.test(names[0]) && !kept.has(names[0])) ||
    names.slice(0, -1).some((name) => /^__(tests|mocks)__$/.test(name)) ||
    TEST_FILES.test(names.at(-1));
  return !isTest;
};

// what a build made of a project that lists nothing is its result
const made = (file) => !existsSync(path.join(source, file));
const isJunk = (file) => file.split("/").some((name) => NEVER.test(name));
const all = new Set([
  ...walk("", inner).filter((file) => isOfRoot(file) || (!isListed && made(file) && !isJunk(file))),
  ...inner.flatMap((member) => walk(member, []).filter((file) => isOfMember(member)(file) || made(file))),
]);

const top = (file) => (file.includes("/") && !inner.some((member) => file.startsWith(`${member}/`)) ? `${file.split("/")[0]}/` : file);
const behind = new Set(walk("", []).filter((file) => !all.has(file)).map(top));
for (const file of all) behind.delete(top(file).endsWith("/") ? top(file) : "");
const some = [...behind].slice(0, 12).join(", ").replace(/[^ -~]/g, "?") + (behind.size > 12 ? " and more" : "");
const why = isListed
  ? "those that files of package.json lists, and what its programs and entries need"
  : "all but tests, documentation and files for tools, as package.json has no files";
console.error(
  `ocnix: ${all.size} files are installed, ${why}${some === "" ? "" : `; left behind: ${some}`}; installPaths of a profile would say it`,
);
process.stdout.write([...all].map((file) => `${file}\0`).join(""));
