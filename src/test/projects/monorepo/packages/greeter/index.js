const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const ms = require("ms");

const built = join(__dirname, "dist", "built.txt");

exports.greet = (name) => `hello, ${name}: a year has ${ms("1y")} ms`;
exports.built = () => (existsSync(built) ? readFileSync(built, "utf8").trim() : "not built");
