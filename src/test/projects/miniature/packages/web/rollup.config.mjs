import fs from "node:fs";
import path from "node:path";

const packages = path.resolve("../../node_modules");
const version = JSON.parse(fs.readFileSync("package.json", "utf8")).version;

export default {
  input: "src/main.js",
  output: { dir: "dist/assets", format: "es", entryFileNames: "main.js" },
  plugins: [
    {
      name: "project",
      resolveId(id) {
        if (id === "@ui") {
          return path.resolve("../ui/src/title.js");
        }
        return id === "clsx" ? path.join(packages, "clsx/dist/clsx.mjs") : null;
      },
      transform: (code) => code.replaceAll("__VERSION__", JSON.stringify(version)).replaceAll("__MODE__", JSON.stringify(process.env.MINIATURE_MODE)),
      writeBundle() {
        fs.copyFileSync("index.html", "dist/index.html");
      },
    },
  ],
};
