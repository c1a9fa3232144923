/** Everything that comes from outside: HTTP, source revisions, archives, and the cache of facts about them. */
package dev.ocnix.fetch;
