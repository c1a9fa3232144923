/** Whether a lockfile is the one that its manifests would give, as {@code bun install --frozen-lockfile} asks. */
package dev.ocnix.project.frozen;
