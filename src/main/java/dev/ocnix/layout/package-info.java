/** Where each package lands in node_modules, and what reaches what. */
package dev.ocnix.layout;
