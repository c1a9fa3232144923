#!/usr/bin/env node
// Notes behind passwords: GET /notes lists their names, PUT /notes/NAME writes one, GET /notes/NAME reads it. The header
// x-password guards it. Listens at HOST and PORT, keeps the notes in memory.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import bcrypt from "bcrypt";

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), "dist", "main.js");
const page = '<!doctype html><title>Notes</title><body></body><script type="module" src="/main.js"></script>';
const notes = new Map();

function body(request) {
  return new Promise((resolve) => {
    let text = "";
    request.on("data", (chunk) => (text += chunk));
    request.on("end", () => resolve(text));
  });
}

async function note(name, request) {
  const password = request.headers["x-password"] ?? "";
  const known = notes.get(name);
  if (request.method === "PUT" && !known) {
    notes.set(name, { hash: await bcrypt.hash(password, 8), text: await body(request) });
    return [201, "written\n"];
  }
  if (!known) {
    return [404, "no such note\n"];
  }
  return (await bcrypt.compare(password, known.hash)) ? [200, known.text] : [403, "another password guards this note\n"];
}

async function answer(request) {
  const name = request.url.startsWith("/notes/") ? request.url.slice("/notes/".length) : "";
  if (name) {
    return note(name, request);
  }
  switch (request.url) {
    case "/":
      return [200, page, "text/html"];
    case "/main.js":
      return [200, fs.readFileSync(script), "text/javascript"];
    case "/notes":
      return [200, JSON.stringify([...notes.keys()])];
    default:
      return [404, "not here\n"];
  }
}

const host = process.env.HOST ?? "127.0.0.1";
const port = Number(process.env.PORT ?? 3000);
http
  .createServer(async (request, response) => {
    const [status, content, type = "text/plain"] = await answer(request);
    response.writeHead(status, { "content-type": type });
    response.end(content);
  })
  .listen(port, host, () => console.log(`notes at http://${host}:${port}`));
