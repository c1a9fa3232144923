/** Readers of Bun's lockfiles, one package per format, into one model. */
package dev.ocnix.lockfile;
