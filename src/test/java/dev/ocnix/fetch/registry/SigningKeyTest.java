package dev.ocnix.fetch.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.OcnixException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and a signature that OpenSSL made: {@code openssl dgst -sha256 -sign}. */
class SigningKeyTest {
    private static final String P256 =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEz6KyK0PJESp57jFVAC9m6Hvx8e3AYsXOV5qOMR87ehTlWYid"
                    + "MGfuQX65vDjP8qBRs0lhjsOa2OdprhYMX8kUvw==";
    private static final String P384 =
            "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEgOrledIQj/yTXooHqicY44t7exuutxHMwqYbFS7LN9DYUbDUQ3Wy"
                    + "KbKkd3Gw/c+yN9cXiktZU8v9so0UaAUt8mF0i2y9VXVB+TpY6/CDLd5+s8K5/QjHjkewrchShVVo";
    private static final String SIGNATURE =
            "MEYCIQD3nS1JE8Fr9R1aukFxZybedh2lAGNDdjvvi+i+7txBpQIhAJzbCzvDpABYW8f7bUy9j77WiZ/to2m6r0IM4fEQgDQ4";
    private static final String TEXT = "left@1.0.0:sha512-AAAA";

    @Test
    void itKnowsItsOwnSignature() {
        SigningKey key = SigningKey.of("id", P256, Optional.empty()).orElseThrow();
        assertTrue(key.signed(TEXT, SIGNATURE));
        assertFalse(key.signed("left@1.0.1:sha512-AAAA", SIGNATURE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", "MAYCAQACAQA=", "MAYCAQECAQE="})
    void whatIsMalformedIsNoSignature(String signature) {
        assertFalse(SigningKey.of("id", P256, Optional.empty()).orElseThrow().signed(TEXT, signature));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", P384})
    void keysOfOtherKindsAreNone(String key) {
        assertEquals(Optional.empty(), SigningKey.of("id", key, Optional.empty()));
    }

    @Test
    void aRegistryMayHaveKeysOfOtherSchemes() throws Exception {
        SigningKeys keys = read("""
                {"keys": [{"keyid": "a", "scheme": "other", "key": "AAAA"},
                          {"keyid": "b", "scheme": "ecdsa-sha2-nistp256", "key": "%s", "expires": null},
                          {"keyid": "c", "scheme": "ecdsa-sha2-nistp256", "key": "%s", "expires": "2025-01-29T00:00:00.000Z"}]}
                """.formatted(P256, P256));
        assertEquals(2, keys.keys().size());
        assertEquals(
                "2025-01-29T00:00:00Z",
                keys.find("c").orElseThrow().expires().orElseThrow().toString());
        assertTrue(read("{}").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"keys\": {}}",
                "{\"keys\": [1]}",
                "{\"keys\": [{\"keyid\": \"a\", \"scheme\": \"ecdsa-sha2-nistp256\", \"key\": \"\", \"expires\": \"soon\"}]}"
            })
    void whatIsNoDocumentOfKeysIsRefused(String json) {
        assertThrows(OcnixException.class, () -> read(json));
    }

    private static SigningKeys read(String json) throws OcnixException {
        return SigningKeys.read(json.getBytes(StandardCharsets.UTF_8), "the test");
    }
}
