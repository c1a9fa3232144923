/** Reads the text lockfile, bun.lock. */
package dev.ocnix.lockfile.text;
