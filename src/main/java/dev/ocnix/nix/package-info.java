/** The Nix tree: expressions, their printing with escapes, and writing the files. */
package dev.ocnix.nix;
