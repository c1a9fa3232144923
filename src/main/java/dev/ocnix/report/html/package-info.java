/** The report that people read in a browser. */
package dev.ocnix.report.html;
