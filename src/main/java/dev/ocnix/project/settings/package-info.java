/** Settings files of a project, read as Bun reads them. */
package dev.ocnix.project.settings;
