/** What a lockfile says, printed in several ways. */
package dev.ocnix.report.inspect;
