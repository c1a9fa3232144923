/** Files and folders that are written where somebody else may have prepared the place. */
package dev.ocnix.disk;
