package io.gamemetrics.infrastructure.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a problem document. Thrown where going on makes no sense; it has no stack trace, because nothing
 * broke. What it says must never repeat what the caller sent.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ProblemType type;
    private final @Nullable String detail;
    private final transient Map<String, Object> members;
    private final @Nullable Duration retryAfter;

    public Refusal(ProblemType type) {
        this(type, null, Map.of(), null);
    }

    /** @param detail what is wrong this time, without the value sent */
    public Refusal(ProblemType type, String detail) {
        this(type, detail, Map.of(), null);
    }

    private Refusal(
            ProblemType type, @Nullable String detail, Map<String, Object> members, @Nullable Duration retryAfter) {
        super(type.code(), null, false, false);
        this.type = type;
        this.detail = detail;
        this.members = members;
        this.retryAfter = retryAfter;
    }

    /** The same refusal with one more member in its document, for example the line of a malformed body. */
    public Refusal with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Refusal(type, detail, more, retryAfter);
    }

    /** The same refusal with a {@code Retry-After} of at least this long; jitter of up to half as much comes on top. */
    public Refusal retryAfter(Duration atLeast) {
        return new Refusal(type, detail, members, atLeast);
    }

    public ProblemType type() {
        return type;
    }

    /** What is wrong this time; absent when the type's title says it all. */
    public @Nullable String detail() {
        return detail;
    }

    Map<String, Object> members() {
        return members;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
