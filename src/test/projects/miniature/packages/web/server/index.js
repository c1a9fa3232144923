// GET /health, the page, and terminals: POST /api/terminal/create, GET …/ID/stream (events), POST …/ID/input
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import isNumber from "is-number";
import isOdd from "is-odd";
import ms from "ms";

const folder = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(folder, "..", "dist");
const terminals = new Map();
const addon = process.versions.bun ? "bun-pty" : "node-pty";

const read = (request) =>
  new Promise((resolve) => {
    let text = "";
    request.on("data", (chunk) => (text += chunk));
    request.on("end", () => resolve(text));
  });

const health = () => ({
  status: "ok",
  runtime: process.versions.bun ? "bun" : "node",
  starts: process.env.MINIATURE_RUNTIME,
  helper: process.env.MINIATURE_HELPER,
  year: ms("1y"),
  odd: isOdd.patched,
  notice: isNumber.notice,
});

async function create(request, response) {
  const { cols, rows } = JSON.parse(await read(request));
  const { spawn } = await import(addon);
  const terminal = spawn(process.env.SHELL ?? "sh", [], { name: "xterm", cols, rows, cwd: process.cwd() });
  const id = String(terminals.size + 1);
  terminals.set(id, terminal);
  response.end(JSON.stringify({ id }));
}

function stream(terminal, response) {
  response.setHeader("content-type", "text/event-stream");
  const send = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`);
  send({ type: "connected", addon });
  terminal.onData((data) => send({ type: "data", data }));
  terminal.onExit(({ exitCode }) => {
    send({ type: "exit", exitCode });
    response.end();
  });
}

function file(url, response) {
  const name = path.join(dist, path.normalize(url === "/" ? "/index.html" : url));
  if (!fs.existsSync(name)) {
    response.statusCode = 404;
    response.end();
    return;
  }
  response.end(fs.readFileSync(name));
}

async function answer(request, response) {
  const [, api, , id, action] = request.url.split("/");
  if (request.url === "/health") {
    response.end(JSON.stringify(health()));
  } else if (request.url === "/api/terminal/create") {
    await create(request, response);
  } else if (api === "api" && action === "stream") {
    stream(terminals.get(id), response);
  } else if (api === "api" && action === "input") {
    terminals.get(id).write(await read(request));
    response.end();
  } else {
    file(request.url, response);
  }
}

export function start(port, host) {
  http.createServer(answer).listen(port, host);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  start(Number(process.argv[process.argv.indexOf("--port") + 1]), process.env.MINIATURE_HOST);
}
