package io.gamemetrics.queryside.subscriptions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.queryside.limits.Room;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse.SseBuilder;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * One stream of server-sent events, for one operation: {@code next} with each result, {@code complete} at its end, after
 * a last {@code next} with the errors where it failed. Where we end it before, the last event is {@code error}.
 */
final class SseLine implements Line, Outbox.Sender, Operation.Results {

    private static final String COMMENT = "";

    private final String token;
    private final OpenLines lines;
    private final ObjectMapper json;
    private final Outbox outbox;
    private final long openedNanos = System.nanoTime();
    private final Disposable.Swap operation = Disposables.swap();
    private volatile @Nullable SseBuilder stream;

    SseLine(String token, SubscriptionLimits limits, OpenLines lines, ObjectMapper json) {
        this.token = token;
        this.lines = lines;
        this.json = json;
        this.outbox =
                new Outbox(this, limits.maxWaiting(), limits.maxWaitingSize().toBytes() / 2);
    }

    /**
     * Called once, by the thread that answers the request. What came before is sent now, and if it was to end before it
     * began, the other end is told so. A sign of life goes first, from this thread: the client sees the answer's head, and
     * whatever this thread still does to it no longer meets what another one sends.
     */
    void begin(SseBuilder to) {
        stream = to;
        to.onComplete(this::gone).onError(failure -> gone()).onTimeout(this::gone);
        try {
            to.comment(" ").send();
        } catch (IOException e) {
            failed();
        }
        outbox.begin();
    }

    /** On the way to the other end. */
    Room room() {
        return outbox;
    }

    /** What is to end when this ends. */
    void runs(Disposable running) {
        operation.update(running);
    }

    @Override
    public void next(Map<String, Object> result) {
        offer("next", result);
    }

    @Override
    public void failed(List<Map<String, Object>> errors) {
        offer("next", Map.of("errors", errors));
        complete();
    }

    @Override
    public void complete() {
        outbox.close(true, () -> {
            send("complete\n");
            finish();
        });
    }

    private void offer(String event, Map<String, Object> data) {
        if (!outbox.offer(text(event, data))) {
            end(Ending.TOO_SLOW);
        }
    }

    private String text(String event, Map<String, Object> data) {
        try {
            return event + "\n" + json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result could not be written", e);
        }
    }

    @Override
    public void send(String message) throws IOException {
        SseBuilder to = begun();
        int line = message.indexOf('\n');
        if (line < 0) {
            to.comment(" ").send();
        } else {
            to.event(message.substring(0, line)).data(message.substring(line + 1));
        }
    }

    private SseBuilder begun() {
        return Objects.requireNonNull(stream, "nothing is sent before the stream has begun");
    }

    private void finish() {
        try {
            begun().complete();
        } finally {
            gone();
        }
    }

    @Override
    public void end(Ending why) {
        operation.dispose();
        Map<String, Object> error = Map.of(
                "message",
                why.sentence(),
                "extensions",
                Map.of("code", why.error().name()));
        outbox.close(false, () -> {
            send(text("error", Map.of("errors", List.of(error))));
            finish();
        });
        if (!hasBegun()) {
            // It may never begin, and then nobody would give its place back.
            lines.closed(this);
        }
    }

    /** A stream that has not begun needs no sign of life. */
    @Override
    public void ping() {
        if (hasBegun() && !outbox.offer(COMMENT)) {
            end(Ending.TOO_SLOW);
        }
    }

    @Override
    public void failed() {
        finish();
    }

    private void gone() {
        lines.closed(this);
        operation.dispose();
        outbox.close(false, () -> {});
    }

    @Override
    public boolean hasBegun() {
        return stream != null;
    }

    @Override
    public String token() {
        return token;
    }

    @Override
    public long openedNanos() {
        return openedNanos;
    }

    /** Nobody speaks on a stream: that somebody is there shows when something is sent. */
    @Override
    public long heardNanos() {
        return System.nanoTime();
    }
}
