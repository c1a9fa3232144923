#!/usr/bin/env node
const { built, greet } = require("@ocnix-monorepo/greeter");
const isOdd = require("is-odd");
const oldMs = require("old-ms");

console.log(greet(process.argv[2] ?? "world"));
console.log(`3 is ${isOdd(3) ? "odd" : "even"}, an hour has ${oldMs("1h")} ms`);
console.log(`the greeter is ${built()}`);
