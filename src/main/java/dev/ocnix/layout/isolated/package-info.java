/** The isolated layout: an entry below {@code node_modules/.bun} for each package with its set of peers, and links. */
package dev.ocnix.layout.isolated;
