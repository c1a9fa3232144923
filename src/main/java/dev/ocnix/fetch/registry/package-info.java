/** What registries say of versions besides their tarballs: signatures of their hashes, and the keys that made them. */
package dev.ocnix.fetch.registry;
