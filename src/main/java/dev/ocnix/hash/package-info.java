/** Hashes as Nix and npm write them: SRI strings, and NAR serialisation with its hash. */
package dev.ocnix.hash;
