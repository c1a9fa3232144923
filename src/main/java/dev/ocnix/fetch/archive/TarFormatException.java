package dev.ocnix.fetch.archive;

/** A tar stream that is not what the format allows, or more than we take; the message says what and at which byte offset. */
public final class TarFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    TarFormatException(long offset, String what) {
        super(what + " at byte " + offset + " of the uncompressed archive");
    }
}
