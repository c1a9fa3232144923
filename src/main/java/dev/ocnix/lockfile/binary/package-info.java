/** Reads the binary lockfile, bun.lockb. */
package dev.ocnix.lockfile.binary;
