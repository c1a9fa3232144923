/** What a conversion knows, as immutable records: the lockfile, its packages, the source's pin, and facts about tarballs. */
package dev.ocnix.model;
