package dev.ocnix.fetch.registry;

/** What became of a {@link SignedPackage}. */
public sealed interface SignatureResult {
    /**
     * The registry has signed the hash.
     *
     * @param keyId how the registry calls the key
     */
    record Verified(String keyId) implements SignatureResult {}

    /** The registry signs, but not this version. */
    record Missing() implements SignatureResult {}

    /** The registry publishes no keys. */
    record NoKeys() implements SignatureResult {}

    /**
     * The registry could not be asked.
     *
     * @param reason a sentence for the user
     */
    record Unknown(String reason) implements SignatureResult {}

    /**
     * There is a signature, and it is not one of this hash that counts.
     *
     * @param problem a sentence for the user
     */
    record Wrong(String problem) implements SignatureResult {}
}
