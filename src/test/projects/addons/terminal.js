// terminal.js MODULE: opens a terminal of 80x24, makes it 91x33, and tells what a command in it sees.
const [module_] = process.argv.slice(2);
const { spawn } = require(module_);

// unless the terminal tells how its shell ended
process.exitCode = 1;
const tooLate = setTimeout(() => {
  console.log(`${module_}: no end after 20 s`);
  process.exit(1);
}, 20_000);

let said = "";
// the shell waits for a line, so that the command sees the second size
const terminal = spawn(process.env.SHELL || "sh", ["-c", "read go; stty size; exit 7"], {
  name: "xterm",
  cols: 80,
  rows: 24,
});
terminal.onData((data) => {
  said += data;
});
terminal.onExit(({ exitCode }) => {
  clearTimeout(tooLate);
  console.log(`${module_}: ${said.split(/[\r\n]+/).join(" ")}exit code ${exitCode}`);
  process.exitCode = 0;
});
terminal.resize(91, 33);
terminal.write("go\n");
