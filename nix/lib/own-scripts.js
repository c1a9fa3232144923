// Runs lifecycle scripts of package.json files as an installer does.
//   bun own-scripts.js TABLE WHO PLAN, in the project's root
// TABLE: a file of beginnings of commands that are left out; WHO: what a failure is told of; PLAN: JSON, a list of
// { path, scripts }: a folder, and names of scripts in their order.
const { spawnSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const [table, who, plan] = process.argv.slice(2);
const root = process.cwd();
const leftOut = Object.keys(JSON.parse(fs.readFileSync(table, "utf8"))).map((text) => text.split(" "));

const quoted = (text) => `'${text.replace(/'/g, "'\\''")}'`;

// A program that does nothing for the commands that are left out, and starts the real one for others.
function standIn(program, real) {
  const lines = [`#!${bash()}`];
  for (const [name, ...words] of leftOut) {
    if (name !== program) continue;
    const said = `echo ${quoted("ocnix: left out: " + program)} "$*"; exit 0`;
    if (words.length === 0) return [...lines, said, ""].join("\n");
    lines.push(`case "$*" in ${quoted(words.join(" "))} | ${quoted(words.join(" ") + " ")}*) ${said} ;; esac`);
  }
  if (real !== undefined) lines.push(`exec ${quoted(real)} "$@"`);
  else
    lines.push(
      `PATH=\${PATH//${path.join(process.env.TMPDIR ?? "/tmp", "ocnix-left-out")}/}`,
      `PATH=\${PATH//${path.join(root, "node_modules/.bin")}/}`,
      `exec ${program} "$@"`,
    );
  return [...lines, ""].join("\n");
}

function onPath(program) {
  const folders = (process.env.PATH ?? "").split(":").filter((folder) => folder !== "");
  return folders.map((folder) => path.join(folder, program)).find((file) => fs.existsSync(file));
}

function bash() {
  return onPath("bash") ?? "/bin/sh";
}

// bunx and its like look into node_modules/.bin first, so the stand-ins are there, too, as long as the scripts run.
function placeStandIns() {
  const programs = [...new Set(leftOut.map(([name]) => name))];
  const standIns = path.join(process.env.TMPDIR ?? "/tmp", "ocnix-left-out");
  const bin = path.join(root, "node_modules/.bin");
  const undo = [];
  fs.mkdirSync(standIns, { recursive: true });
  if (!fs.existsSync(bin)) {
    const first = fs.mkdirSync(bin, { recursive: true });
    undo.push(() => fs.rmSync(first, { recursive: true }));
  }
  for (const program of programs) {
    const file = path.join(bin, program);
    let target;
    let real;
    try {
      target = fs.readlinkSync(file);
      real = path.resolve(bin, target);
    } catch {}
    fs.writeFileSync(path.join(standIns, program), standIn(program, real), { mode: 0o755 });
    if (target === undefined && fs.existsSync(file)) continue;
    fs.rmSync(file, { force: true });
    fs.writeFileSync(file, standIn(program, real), { mode: 0o755 });
    undo.unshift(() => {
      fs.rmSync(file, { force: true });
      if (target !== undefined) fs.symlinkSync(target, file);
    });
  }
  return { standIns, restore: () => undo.forEach((step) => step()) };
}

function binFolders(folder) {
  const folders = [];
  for (let at = folder; ; at = path.dirname(at)) {
    folders.push(path.join(at, "node_modules/.bin"));
    if (at === root || at === path.dirname(at)) return folders;
  }
}

// The variables that Bun 1.4 sets.
function environment(folder, manifest, event, standIns) {
  const node = onPath("node");
  return {
    ...process.env,
    PATH: [standIns, ...binFolders(folder), process.env.PATH].join(":"),
    INIT_CWD: root,
    npm_config_local_prefix: root,
    npm_config_user_agent: `bun/${Bun.version} npm/? node/${process.version} ${process.platform} ${process.arch}`,
    npm_execpath: process.execPath,
    npm_lifecycle_event: event,
    npm_lifecycle_script: manifest.scripts[event],
    ...(node === undefined ? {} : { NODE: node, npm_node_execpath: node }),
    npm_package_json: path.join(folder, "package.json"),
    ...(typeof manifest.name === "string" ? { npm_package_name: manifest.name } : {}),
    ...(typeof manifest.version === "string" ? { npm_package_version: manifest.version } : {}),
  };
}

function run(standIns) {
  for (const step of JSON.parse(plan)) {
    const folder = path.join(root, step.path);
    const file = path.join(folder, "package.json");
    if (!fs.existsSync(file)) continue;
    // as Bun reads it: with comments and trailing commas
    const manifest = require(file);
    for (const event of step.scripts) {
      const script = manifest.scripts?.[event];
      if (typeof script !== "string" || script.trim() === "") continue;
      const shown = `${event} of ${step.path === "" ? "the root" : step.path}`;
      console.log(`ocnix: ${shown}: ${script}`);
      const result = spawnSync(bash(), ["-c", script], {
        cwd: folder,
        env: environment(folder, manifest, event, standIns),
        stdio: "inherit",
      });
      if (result.status !== 0) {
        console.error(`ocnix: the script ${shown} failed (${result.error ?? result.signal ?? `exit ${result.status}`}); ${who}`);
        return 1;
      }
    }
  }
  return 0;
}

const { standIns, restore } = placeStandIns();
let status = 1;
try {
  status = run(standIns);
} finally {
  restore();
}
process.exit(status);
