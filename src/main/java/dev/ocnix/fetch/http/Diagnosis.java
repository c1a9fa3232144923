package dev.ocnix.fetch.http;

import dev.ocnix.model.PrivateHost;
import dev.ocnix.model.Visible;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What a failed attempt means to a person.
 *
 * @param reason goes on after "it"
 * @param advice what to do next, without a full stop; empty if the reason says it
 * @param isFinal whether asking again would change nothing
 */
record Diagnosis(String reason, String advice, boolean isFinal) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String CHECK = "check the network and its proxy, then run again";

    static final Diagnosis INTERRUPTED = new Diagnosis("was interrupted", "run again", true);

    static final Diagnosis OFFLINE =
            new Diagnosis("cannot be asked for while offline", "run once without -o so that it is cached", true);

    private static final int MAX_CAUSES = 20;
    private static final int MAX_MESSAGE = 200;

    /** The reason and, after a semicolon, the advice. */
    String sentence(String tries) {
        return reason + tries + (advice.isEmpty() ? "" : "; " + advice) + ".";
    }

    /**
     * @param proxy what the request went through
     */
    static Diagnosis of(IOException failure, HttpLimits limits, Optional<InetSocketAddress> proxy) {
        if (failure instanceof StatusException answer) {
            return new Diagnosis("answered " + answer.status(), advice(answer.status()), !answer.isPassing());
        }
        if (failure instanceof RefusedException refused) {
            return new Diagnosis(String.valueOf(refused.getMessage()), refused.advice(), true);
        }
        if (failure instanceof PrivateAddressException) {
            return new Diagnosis(PrivateHost.REFUSAL, "", true);
        }
        return failure instanceof SSLException tls ? ofTls(tls) : ofConnection(failure, limits, proxy);
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "give credentials for its host in a <server> of settings.xml";
            case 404, 410 ->
                "configure a registry or mirror that has it (ocnix.registry, ocnix.registryMirror), or lock another version";
            case 407 -> "give the proxy's credentials in the <proxy> of settings.xml";
            case 429 -> "run again later, or with a lower ocnix.concurrency";
            default -> CHECK;
        };
    }

    private static Diagnosis ofTls(SSLException failure) {
        if (failure instanceof SSLPeerUnverifiedException) {
            return new Diagnosis(
                    "has a certificate that is for another host", "ask for it under the name that it is for", true);
        }
        Optional<Throwable> security = Optional.empty();
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return new Diagnosis(
                        "has a certificate that is expired or not valid yet",
                        "check this machine's clock, or have the certificate renewed",
                        true);
            }
            if (cause instanceof GeneralSecurityException) {
                security = Optional.of(cause);
            }
            cause = cause.getCause();
        }
        return security.isPresent()
                ? new Diagnosis(
                        "has a certificate that this JVM does not trust",
                        "if you do, put its authority into a trust store and name that in MAVEN_OPTS with"
                                + " -Djavax.net.ssl.trustStore",
                        true)
                : new Diagnosis("broke off the TLS connection" + quoted(failure), CHECK, false);
    }

    private static Diagnosis ofConnection(IOException failure, HttpLimits limits, Optional<InetSocketAddress> proxy) {
        String place = proxy.map(address ->
                        "behind the proxy " + address.getHostString() + ":" + address.getPort() + " of settings.xml, ")
                .orElse("on a host ");
        String way = proxy.isPresent() ? "check that <proxy>, then run again" : CHECK;
        if (failure instanceof UnknownHostException) {
            return new Diagnosis(
                    "is " + place + (proxy.isPresent() ? "which has" : "whose name has") + " no address", way, false);
        }
        if (failure instanceof ConnectException) {
            return new Diagnosis(
                    "is " + place + (proxy.isPresent() ? "which" : "that") + " takes no connection", way, false);
        }
        if (failure instanceof SocketTimeoutException) {
            return new Diagnosis("did not answer in time", CHECK, false);
        }
        if (failure instanceof SlowException) {
            return new Diagnosis("sent less than 1 KiB a second for " + print(limits.slow()), CHECK, false);
        }
        if (failure instanceof InterruptedIOException) {
            return new Diagnosis("took longer than " + print(limits.total()), CHECK, true);
        }
        return new Diagnosis("failed on the way" + quoted(failure), CHECK, false);
    }

    private static String print(Duration duration) {
        return duration.toMinutes() > 1 ? duration.toMinutes() + " minutes" : duration.toMillis() / 1000.0 + " seconds";
    }

    /** In the words of the library, which may be those of the server. */
    private static String quoted(IOException failure) {
        String message = failure.getMessage();
        if (message == null) {
            return "";
        }
        String line = Visible.of(message.replaceAll("\\s+", " ")).replace('"', '\'');
        return " with \"" + (line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "…" : line) + '"';
    }
}
