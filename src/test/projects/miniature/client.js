// client.js PORT: opens a terminal of 91x33 on the server, runs a command in it, prints its answer
const base = `http://127.0.0.1:${process.argv[2]}/api/terminal`;
const tooLate = setTimeout(() => {
  console.log("no answer after 20 s");
  process.exit(1);
}, 20_000);

const post = (path, body) => fetch(base + path, { method: "POST", body });
const { id } = await (await post("/create", JSON.stringify({ cols: 91, rows: 33 }))).json();
const events = (await fetch(`${base}/${id}/stream`)).body.getReader();
await post(`/${id}/input`, "echo sum=$((6*7)); stty size; exit 3\r");

let text = "";
let seen = "";
let addon = "";
for (;;) {
  const { value, done } = await events.read();
  if (done) {
    break;
  }
  text += new TextDecoder().decode(value);
  for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
    const event = JSON.parse(text.slice("data: ".length, end));
    text = text.slice(end + 2);
    addon = event.addon ?? addon;
    seen += event.data ?? "";
    if (event.type === "exit") {
      clearTimeout(tooLate);
      const words = seen.replace(/\x1b\[[^a-zA-Z]*[a-zA-Z]|\r/g, "").match(/^(sum=\d+|\d+ \d+)$/gm) ?? [seen];
      console.log(`${addon}: ${words.join(", ")}, exit code ${event.exitCode}`);
      process.exit(0);
    }
  }
}
