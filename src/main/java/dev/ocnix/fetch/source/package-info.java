/**
 * Pinned sources: from GitHub's archives, git repositories, folders and files, always with the NAR hash that the emitted
 * fetcher will produce.
 */
package dev.ocnix.fetch.source;
