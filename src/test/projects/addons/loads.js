// Uses each addon and tells what it answers, and which of its files the process has opened.
const { execFileSync } = require("node:child_process");
const { readFileSync } = require("node:fs");

const loaded = () => {
  const files = readFileSync("/proc/self/maps", "utf8").match(/[/]\S*[/]node_modules[/]\S+/g) ?? [];
  return [...new Set(files.map((file) => file.replace(/.*[/]node_modules[/]/, "")))].sort();
};

const uses = {
  bufferutil: async () => {
    const { mask, unmask } = require("bufferutil");
    const bytes = Buffer.from("some bytes");
    const key = Buffer.from([1, 2, 3, 4]);
    const masked = Buffer.alloc(bytes.length);
    mask(bytes, key, masked, 0, bytes.length);
    unmask(masked, key);
    return `${masked} (${bytes[0] ^ key[0]})`;
  },
  esbuild: async () => {
    const esbuild = require("esbuild");
    const { code } = await esbuild.transform("let x: number = 1", { loader: "ts", minify: true });
    const command = execFileSync("node_modules/.bin/esbuild", ["--version"], { encoding: "utf8" });
    return `${code.trim()} ${command.trim()}`;
  },
  // there is no keyring to ask, and libsecret says so
  keytar: async () => {
    try {
      await require("keytar").findPassword("ocnix");
      return "a keyring";
    } catch (error) {
      return /D-?Bus|dbus/i.test(error.message) ? "no bus" : error.message;
    }
  },
  sharp: async () => {
    const sharp = require("sharp");
    const image = sharp({ create: { width: 30, height: 20, channels: 3, background: "red" } });
    const { format, width, height } = await sharp(await image.resize(6, 4).png().toBuffer()).metadata();
    return `${format} ${width}x${height}`;
  },
};

(async () => {
  const [name] = process.argv.slice(2);
  console.log(`${name}: ${await uses[name]()}`);
  for (const file of loaded()) {
    console.log(`${name}: ${file}`);
  }
})();
