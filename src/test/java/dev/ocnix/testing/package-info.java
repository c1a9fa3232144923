/** What tests share: the tools that judge us, and loopback servers that stand in for the world. */
package dev.ocnix.testing;
