/** Archives read as streams: names stay bytes, nothing is unpacked, each length is bounded before it is believed. */
package dev.ocnix.fetch.archive;
