package dev.ocnix.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server's certificate and the authority that signed it, made by the JDK's keytool.
 *
 * @param keys a PKCS #12 key store with the certificate and its key
 * @param trust a trust store with the authority
 */
public record Certificate(Path keys, Path trust) {
    /** What opens both stores. */
    public static final String PASSWORD = "changeit";

    /** One that fits the loopback and is valid now. */
    public static Certificate fitting(Path folder) {
        return make(folder, "fitting", "ip:127.0.0.1,dns:localhost", "-1d");
    }

    /** One whose last day was long ago. */
    public static Certificate expired(Path folder) {
        return make(folder, "expired", "ip:127.0.0.1,dns:localhost", "-30d");
    }

    /** One for a host that is not here. */
    public static Certificate foreign(Path folder) {
        return make(folder, "foreign", "dns:registry.example", "-1d");
    }

    private static Certificate make(Path folder, String name, String hosts, String start) {
        Path keys = folder.resolve(name + ".p12");
        Path trust = folder.resolve(name + "-trust.p12");
        keytool(keys, "authority", "-dname", "CN=authority", "-ext", "bc:c");
        keytool(
                keys,
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=" + hosts,
                "-startdate",
                start,
                "-signer",
                "authority");
        try {
            KeyStore pairs = load(keys);
            KeyStore authority = KeyStore.getInstance("PKCS12");
            authority.load(null, null);
            authority.setCertificateEntry("authority", pairs.getCertificate("authority"));
            store(authority, trust);
            pairs.deleteEntry("authority");
            store(pairs, keys);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return new Certificate(keys, trust);
    }

    private static void keytool(Path store, String alias, String... options) {
        Command.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString())
                .and("-genkeypair", "-alias", alias, "-keyalg", "EC", "-validity", "20")
                .and("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString())
                .and(options)
                .runOrFail();
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        }
    }

    private static void store(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    /** What a server shows. */
    public SSLContext context() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(keys), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The authority as PEM. */
    public String authority() {
        try {
            byte[] der = load(trust).getCertificate("authority").getEncoded();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The system properties that make a JVM trust the authority, and no other. */
    public Map<String, String> properties() {
        return Map.of("javax.net.ssl.trustStore", trust.toString(), "javax.net.ssl.trustStorePassword", PASSWORD);
    }

    /** Has this JVM trust the authority, and no other, meanwhile. */
    public <T> T whileTrusted(Callable<T> action) throws Exception {
        Map<String, String> before = new TreeMap<>();
        properties().forEach((name, value) -> before.put(name, System.getProperty(name, "")));
        System.getProperties().putAll(properties());
        try {
            return action.call();
        } finally {
            System.getProperties().putAll(before);
            before.forEach((name, value) -> System.getProperties().remove(name, ""));
        }
    }
}
