/** The bill of materials of a tree, for programs that watch licences and vulnerabilities. */
package dev.ocnix.report.sbom;
