package dev.ocnix.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/**
 * A server on the loopback that answers with whatever bytes a test wants, right or wrong as HTTP, then closes or resets the
 * connection: what {@link LoopbackServer} cannot do.
 */
public final class RawServer implements AutoCloseable {
    /** A request: its path and its headers with lower-case names. */
    public record Request(String path, Map<String, String> headers) {}

    /** Raw bytes to send; afterwards the connection ends, or is reset. */
    public record Answer(byte[] bytes, boolean reset) {}

    private final ServerSocket server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final BiFunction<Request, Integer, Answer> script;

    /**
     * @param script from a request and its number, the first being 1, to the answer
     */
    public RawServer(BiFunction<Request, Integer, Answer> script) throws IOException {
        this(script, InetAddress.getLoopbackAddress());
    }

    public RawServer(BiFunction<Request, Integer, Answer> script, InetAddress address) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 50, address);
        Thread thread = new Thread(this::serve, "loopback");
        thread.setDaemon(true);
        thread.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    /** The same server under another name. */
    public String otherHostUrl(String path) {
        return "http://localhost:" + server.getLocalPort() + path;
    }

    public List<Request> requests() {
        return requests;
    }

    public static Answer status(int status, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 0\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return raw(head + "\r\n", new byte[0], false);
    }

    public static Answer body(byte[] body, String... headers) {
        return body(body, body.length, false, headers);
    }

    /** Announces {@code length} bytes, whatever it sends. */
    public static Answer body(byte[] body, int length, boolean reset, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return raw(head + "\r\n", body, reset);
    }

    /** Announces no length: the end of the connection ends the body. */
    public static Answer unmeasured(byte[] body) {
        return raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", body, false);
    }

    private static Answer raw(String head, byte[] body, boolean reset) {
        byte[] start = head.replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return new Answer(all, reset);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> answer(socket), "loopback-answer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = reader.readLine();
            if (first == null) {
                return;
            }
            Map<String, String> headers = new TreeMap<>();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            Request request = new Request(first.split(" ", -1)[1], headers);
            int number;
            synchronized (requests) {
                requests.add(request);
                number = requests.size();
            }
            Answer answer = script.apply(request, number);
            OutputStream out = socket.getOutputStream();
            out.write(answer.bytes());
            out.flush();
            if (answer.reset()) {
                Thread.sleep(50);
                socket.setSoLinger(true, 0);
            }
        } catch (IOException | InterruptedException e) {
            // the client went away
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
