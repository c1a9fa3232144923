/** Finds native parts in a package by evidence, and says what a build needs. */
package dev.ocnix.addon;
