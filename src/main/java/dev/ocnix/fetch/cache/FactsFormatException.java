package dev.ocnix.fetch.cache;

/** JSON that is not what the codec writes. */
final class FactsFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    FactsFormatException(String endOfSentence) {
        super(endOfSentence);
    }
}
