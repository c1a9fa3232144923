/** Tarballs: one streaming pass over each that hashes, unpacks and looks into it; many of them side by side. */
package dev.ocnix.fetch.tarball;
