/** Scripts of package.json files: what an installer runs, what they call, and which members they reach. */
package dev.ocnix.project.script;
