/** The project as its own files describe it. */
package dev.ocnix.project;
