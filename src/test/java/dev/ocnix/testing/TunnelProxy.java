package dev.ocnix.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that makes tunnels to one port of this machine for whoever has the right credentials. */
public final class TunnelProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int port;
    private final String authorization;
    private final List<List<String>> heads = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private TunnelProxy(ServerSocket listener, int port, String authorization) {
        this.listener = listener;
        this.port = port;
        this.authorization = "proxy-authorization: " + authorization;
    }

    /**
     * A proxy of which only tunnels to that port are had.
     *
     * @param authorization the value of {@code Proxy-Authorization} that opens a tunnel
     */
    public static TunnelProxy to(int port, String authorization) throws IOException {
        TunnelProxy proxy =
                new TunnelProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port, authorization);
        proxy.start(() -> {
            while (true) {
                Socket client = proxy.listener.accept();
                proxy.start(() -> proxy.tunnel(client));
            }
        });
        return proxy;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void start(Work work) {
        threads.execute(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // one side went away
            }
        });
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** The lines of each request for a tunnel. */
    public List<List<String>> heads() {
        return heads;
    }

    private void tunnel(Socket client) throws IOException {
        try (client) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
            List<String> head = new ArrayList<>();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                head.add(line);
            }
            heads.add(head);
            if (head.stream().noneMatch(authorization::equalsIgnoreCase)) {
                answer(client, "407 Proxy Authentication Required");
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                answer(client, "200 Connection established");
                start(() -> server.getInputStream().transferTo(client.getOutputStream()));
                client.getInputStream().transferTo(server.getOutputStream());
            }
        }
    }

    private static void answer(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
