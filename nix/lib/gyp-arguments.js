// Prints, one a line, the variables that node-pre-gyp would give to a package's binding.gyp.
const { resolve } = require("node:path");
const manifest = require(resolve("package.json"));
const binary = manifest.binary ?? {};
if (typeof binary.module_name === "string") {
  const newest = Number(process.versions.napi);
  const napi = (binary.napi_versions ?? []).map(Number).filter((version) => version <= newest);
  const values = {
    name: manifest.name,
    version: manifest.version,
    module_name: binary.module_name,
    configuration: "Release",
    toolset: "",
    platform: process.platform,
    arch: process.argv[2],
    libc: "glibc",
    node_abi: `node-v${process.versions.modules}`,
    node_napi_label: napi.length > 0 ? `napi-v${Math.max(...napi)}` : `node-v${process.versions.modules}`,
    napi_version: process.versions.napi,
    napi_build_version: napi.length > 0 ? String(Math.max(...napi)) : "",
  };
  const path = String(binary.module_path ?? "build/Release").replace(/{([a-z_]+)}/g, (all, key) => values[key] ?? all);
  const say = (key, value) => console.log(`--${key}=${value}`);
  say("module", resolve(path, `${binary.module_name}.node`));
  say("module_name", binary.module_name);
  say("module_path", resolve(path));
  say("napi_version", values.napi_version);
  say("napi_build_version", values.napi_build_version);
  say("node_napi_label", values.node_napi_label);
}
