package dev.ocnix.nix;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an application's server is started. In arguments and variables {@code @host@} and {@code @port@} stand for what the
 * user chose.
 *
 * @param script the server's file in the source, where it is none of the programs
 * @param arguments of the script, or of the main program
 * @param host where it listens unless the user says otherwise
 * @param port from 1 to 65535; likewise
 * @param test how to see that it works, if the profile knows
 */
public record Service(
        Optional<String> script,
        List<String> arguments,
        SortedMap<String, String> environment,
        String host,
        int port,
        Optional<Test> test) {
    /** Where a server listens that nobody says more of. */
    public static final String LOOPBACK = "127.0.0.1";

    public static final int USUAL_PORT = 3000;

    /**
     * A start of the server in a build, where no network is.
     *
     * @param programs names of programs that it looks for, and which need not work
     * @param environment besides the service's
     * @param answers path of a URL to a text that is in the answer
     */
    public record Test(
            List<String> programs, SortedMap<String, String> environment, SortedMap<String, String> answers) {
        public Test {
            programs = List.copyOf(programs);
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
            answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
        }
    }

    public Service {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }
}
