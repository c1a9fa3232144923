/** Programs of the application, as their files in the source show them. */
package dev.ocnix.project.program;
