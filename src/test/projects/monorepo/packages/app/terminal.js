#!/usr/bin/env node
// Runs a command of the shell in a terminal of 91x33: with bun-pty below Bun, with node-pty below Node.
const addon = process.versions.bun ? "bun-pty" : "node-pty";
const { spawn } = require(addon);
const command = process.argv[2] ?? "stty size; exit 7";

// unless the terminal tells how its shell ended
process.exitCode = 1;
const tooLate = setTimeout(() => {
  console.log(`no end after 20 s (${addon})`);
  process.exit(1);
}, 20_000);

// the shell waits for a line, so that the command sees the second size
const shell = process.env.SHELL || "sh";
const terminal = spawn(shell, ["-c", `read go; ${command}`], { name: "xterm", cols: 80, rows: 24 });
terminal.onData((data) => process.stdout.write(data));
terminal.onExit(({ exitCode }) => {
  clearTimeout(tooLate);
  console.log(`exit code ${exitCode} (${addon})`);
  process.exitCode = 0;
});
terminal.resize(91, 33);
terminal.write("go\n");
