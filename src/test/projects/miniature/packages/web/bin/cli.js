#!/usr/bin/env node
import fs from "node:fs";
import path from "node:path";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const folder = path.dirname(fileURLToPath(import.meta.url));
const server = path.join(folder, "..", "server", "index.js");
const words = process.argv.slice(2);
const option = (name, otherwise) => (words.includes(name) ? words[words.indexOf(name) + 1] : otherwise);

if (words.includes("--version")) {
  console.log(JSON.parse(fs.readFileSync(path.join(folder, "..", "package.json"), "utf8")).version);
} else if (words[0] === "serve") {
  const port = option("--port", "3000");
  const host = option("--host", "127.0.0.1");
  if (words.includes("--foreground")) {
    const { start } = await import(server);
    start(Number(port), host);
  } else {
    const runtime = process.env.MINIATURE_RUNTIME ?? process.execPath;
    spawn(runtime, [server, "--port", port], { detached: true, stdio: "ignore" }).unref();
  }
} else {
  console.log("usage: miniature serve [--foreground] [--host HOST] [--port PORT]");
}
