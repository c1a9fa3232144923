/** The mojos: they translate between Maven and the pipeline, and do nothing else. */
package dev.ocnix.maven;
