/** Ways to print a lockfile, each a function of nothing but the lockfile. */
package dev.ocnix.report.inspect;
