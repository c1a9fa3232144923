/** Facts about tarballs and checkouts on disk: the machine's cache, and the {@code facts.json} of a tree. */
package dev.ocnix.fetch.cache;
