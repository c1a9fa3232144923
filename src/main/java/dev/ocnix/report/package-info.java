/** What a run tells people and machines. */
package dev.ocnix.report;
