/** Native parts of the project's own folders. */
package dev.ocnix.project.part;
