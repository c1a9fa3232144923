package dev.ocnix.fetch.registry;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.ocnix.model.OcnixException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a registry signs with, as it publishes them at
 * <a href="https://docs.npmjs.com/about-registry-signatures">{@code /-/npm/v1/keys}</a>. Keys of other schemes are passed over.
 */
record SigningKeys(List<SigningKey> keys) {
    private static final String SCHEME = "ecdsa-sha2-nistp256";

    SigningKeys {
        keys = List.copyOf(keys);
    }

    /**
     * Reads a registry's answer.
     *
     * @param origin where it is from, for messages
     * @throws OcnixException if it is no such document
     */
    static SigningKeys read(byte[] json, String origin) throws OcnixException {
        List<SigningKey> keys = new ArrayList<>();
        try {
            JsonElement document = JsonParser.parseString(new String(json, StandardCharsets.UTF_8));
            JsonArray listed = document.getAsJsonObject().getAsJsonArray("keys");
            for (JsonElement element : listed == null ? new JsonArray() : listed) {
                JsonObject key = element.getAsJsonObject();
                boolean isOurs = text(key, "scheme").filter(SCHEME::equals).isPresent();
                if (isOurs && text(key, "keyid").isPresent()) {
                    SigningKey.of(text(key, "keyid").get(), text(key, "key").orElse(""), expiry(key))
                            .ifPresent(keys::add);
                }
            }
        } catch (JsonParseException | IllegalStateException | ClassCastException | DateTimeParseException e) {
            throw OcnixException.input("The signing keys at " + origin
                    + " are not what a registry publishes at /-/npm/v1/keys; correct ocnix.signatureKeys, or tell those who run"
                    + " that server.");
        }
        return new SigningKeys(keys);
    }

    private static Optional<Instant> expiry(JsonObject key) {
        return text(key, "expires").map(Instant::parse);
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isString()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    Optional<SigningKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }
}
