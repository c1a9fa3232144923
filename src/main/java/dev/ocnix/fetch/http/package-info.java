/** One HTTP client per run, with retries and credentials. */
package dev.ocnix.fetch.http;
