package io.gamemetrics.infrastructure.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A page of a {@link TestBrowser}: what a person could do and see, and what the page asked for. Used by one thread. */
public final class TestPage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private String session = "";

    private TestPage(String browser) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(browser), new Listener())
                .join();
    }

    static TestPage open(String browser) {
        TestPage page = new TestPage(browser);
        // A context of its own: what another page stored is not there.
        String context = page.call("Target.createBrowserContext", Map.of("disposeOnDetach", true))
                .path("browserContextId")
                .asText();
        String target = page.call("Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .path("targetId")
                .asText();
        page.session = page.call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        page.call("Page.enable", Map.of());
        page.call("Runtime.enable", Map.of());
        page.call("Log.enable", Map.of());
        page.call("Network.enable", Map.of());
        return page;
    }

    /** Goes there; returns before all is loaded. */
    public void go(String url) {
        call("Page.navigate", Map.of("url", url));
    }

    /** Whether the person prefers a dark page. */
    public void prefersDark(boolean dark) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    public void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** The value of an expression, which may be a promise. */
    public JsonNode evaluate(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Waits until an expression is true. */
    public void await(String expression) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        // What can't be evaluated yet, because the page is not there yet, is not true yet.
        String condition = "(() => { try { return !!(" + expression + "); } catch { return false; } })()";
        while (!evaluate(condition).asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so: " + expression + "; the page says: "
                        + evaluate("document.body.innerText.slice(0, 2000)").asText() + "; complaints: " + complaints);
            }
            evaluate("new Promise(done => setTimeout(done, 20))");
        }
    }

    /** Types into whatever has the focus. */
    public void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /**
     * Presses a key.
     *
     * @param modifiers 1 Alt, 2 Ctrl, 4 Meta, 8 Shift, added up
     */
    public void press(String key, int code, int modifiers) {
        Map<String, Object> event =
                new HashMap<>(Map.of("key", key, "code", key, "windowsVirtualKeyCode", code, "modifiers", modifiers));
        if (key.equals("Enter")) {
            // What it writes: without it no form is sent.
            event.put("text", "\r");
        }
        event.put("type", event.containsKey("text") ? "keyDown" : "rawKeyDown");
        call("Input.dispatchKeyEvent", event);
        event.remove("text");
        event.put("type", "keyUp");
        call("Input.dispatchKeyEvent", event);
    }

    /** What is seen, as a PNG. */
    public void screenshot(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(
                    file,
                    Base64.getDecoder()
                            .decode(call("Page.captureScreenshot", Map.of())
                                    .path("data")
                                    .asText()));
        } catch (IOException e) {
            throw new IllegalStateException("no screenshot", e);
        }
    }

    /** Every address the page asked for. */
    public List<String> requests() {
        return new ArrayList<>(requests);
    }

    /** What the page's console says of errors. */
    public List<String> complaints() {
        return new ArrayList<>(complaints);
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        Map<String, Object> message = session.isEmpty()
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
        socket.sendText(JSON.valueToTree(message).toString(), true).join();
        JsonNode result =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (result.has("error")) {
            throw new AssertionError(method + ": " + result.path("error"));
        }
        return result.path("result");
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                try {
                    heard(JSON.readTree(parts.toString()));
                } catch (IOException e) {
                    throw new IllegalStateException("not what a browser says", e);
                } finally {
                    parts.setLength(0);
                }
            }
            from.request(1);
            return null;
        }

        private void heard(JsonNode message) {
            CompletableFuture<JsonNode> waiting =
                    answers.remove(message.path("id").asInt(-1));
            if (waiting != null) {
                waiting.complete(message);
                return;
            }
            JsonNode parameters = message.path("params");
            switch (message.path("method").asText()) {
                case "Network.requestWillBeSent" ->
                    requests.add(parameters.at("/request/url").asText());
                case "Log.entryAdded" -> complain(parameters.path("entry"));
                case "Runtime.exceptionThrown" ->
                    complaints.add(parameters.path("exceptionDetails").toString());
                default -> {
                    // Not looked at.
                }
            }
        }

        private void complain(JsonNode entry) {
            if (entry.path("level").asText().equals("error")) {
                complaints.add(
                        entry.path("text").asText() + " " + entry.path("url").asText());
            }
        }
    }
}
