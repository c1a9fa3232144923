const ms = require("ms");

exports.greet = (name) => `hello, ${name}: a year has ${ms("1y")} ms`;
