const { mkdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const ms = require("ms");

const dist = join(__dirname, "dist");
mkdirSync(dist, { recursive: true });
writeFileSync(join(dist, "built.txt"), `built when a year had ${ms("1y")} ms\n`);
