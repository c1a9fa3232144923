/** A local project's files as git keeps them, whatever a checkout made of them. */
package dev.ocnix.fetch.worktree;
