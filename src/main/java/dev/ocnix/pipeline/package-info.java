/** The way from a pinned revision to a Nix tree. */
package dev.ocnix.pipeline;
