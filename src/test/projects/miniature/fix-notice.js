// what the project does to its node_modules after an installation: is-number tells that it was here
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.dirname(fileURLToPath(import.meta.url));
const file = path.join(folder, "node_modules", "is-number", "index.js");
if (fs.existsSync(file)) {
  fs.appendFileSync(file, "module.exports.notice = 'fixed';\n");
}
