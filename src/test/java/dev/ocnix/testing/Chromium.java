package dev.ocnix.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page, which tells what the page asks the network for and what it complains of. */
public final class Chromium implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final CountDownLatch loaded = new CountDownLatch(1);

    /** @param profile an empty folder of the test's own */
    public Chromium(Path profile) throws IOException, InterruptedException {
        this.profile = profile;
        List<String> words = new ArrayList<>(List.of(
                program().orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank"));
        process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page(profile.resolve("DevToolsActivePort")), new Events())
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            send(domain + ".enable", new JsonObject());
        }
    }

    static Optional<Path> program() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Command.onPath(name).stream())
                .findFirst();
    }

    private static URI page(Path portFile) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            if (Files.exists(portFile) && Files.readString(portFile).contains("\n")) {
                String port = Files.readAllLines(portFile).get(0);
                String targets = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
                for (JsonElement target : JsonParser.parseString(targets).getAsJsonArray()) {
                    JsonObject one = target.getAsJsonObject();
                    if (one.get("type").getAsString().equals("page")) {
                        return URI.create(one.get("webSocketDebuggerUrl").getAsString());
                    }
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("Chromium does not answer");
    }

    /** Opens a file and waits until it is loaded. */
    public void open(Path file) throws InterruptedException {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("url", file.toUri().toString());
        send("Page.navigate", parameters);
        if (!loaded.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("not loaded: " + file);
        }
    }

    /** Lets the window be so wide and dark or light. */
    public void show(int width, int height, boolean dark) {
        JsonObject metrics = new JsonObject();
        metrics.addProperty("width", width);
        metrics.addProperty("height", height);
        metrics.addProperty("deviceScaleFactor", 1);
        metrics.addProperty("mobile", width < 500);
        send("Emulation.setDeviceMetricsOverride", metrics);
        JsonObject scheme = new JsonObject();
        scheme.addProperty("name", "prefers-color-scheme");
        scheme.addProperty("value", dark ? "dark" : "light");
        JsonArray features = new JsonArray();
        features.add(scheme);
        JsonObject media = new JsonObject();
        media.add("features", features);
        send("Emulation.setEmulatedMedia", media);
    }

    /** What an expression is on the page: a text, a number, a truth. */
    public String value(String expression) {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("expression", expression);
        parameters.addProperty("returnByValue", true);
        JsonObject answer = send("Runtime.evaluate", parameters);
        JsonElement value = answer.getAsJsonObject("result").get("value");
        if (answer.has("exceptionDetails") || value == null) {
            throw new AssertionError(expression + ": " + answer);
        }
        return value.getAsString();
    }

    /** All addresses that the page asked for, its own first. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What stands in the console, and what no handler caught. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonObject send(String method, JsonObject parameters) {
        int id = next.incrementAndGet();
        JsonObject message = new JsonObject();
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", parameters);
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void heard(JsonObject message) {
        if (message.has("id")) {
            JsonObject result = message.has("result") ? message.getAsJsonObject("result") : message;
            answers.remove(message.get("id").getAsInt()).complete(result);
            return;
        }
        JsonObject parameters = message.getAsJsonObject("params");
        switch (message.get("method").getAsString()) {
            case "Page.loadEventFired" -> loaded.countDown();
            case "Network.requestWillBeSent" ->
                requests.add(parameters.getAsJsonObject("request").get("url").getAsString());
            case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
                complaints.add(parameters.toString());
            default -> {}
        }
    }

    private final class Events implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonObject message = JsonParser.parseString(text.toString()).getAsJsonObject();
                text.setLength(0);
                heard(message);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        try {
            // links to places outside, which JUnit warns of
            for (String link : List.of("SingletonSocket", "SingletonLock", "SingletonCookie")) {
                Files.deleteIfExists(profile.resolve(link));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
