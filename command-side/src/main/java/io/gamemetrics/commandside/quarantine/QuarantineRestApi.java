package io.gamemetrics.commandside.quarantine;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Streams that wait behind an event that could not be applied, over HTTP. Who ordered what is kept. */
@RestController
@RequestMapping("/v1/quarantine")
public final class QuarantineRestApi {

    static final int MAX_PAGE = 200;

    private static final Pattern WORD = Pattern.compile("[a-zA-Z][a-zA-Z0-9.-]{0,127}");

    private final QuarantineDesk desk;

    public QuarantineRestApi(QuarantineDesk desk) {
        this.desk = desk;
    }

    record Ordered(String orderId) {}

    @GetMapping
    WaitingDocument.Page list(
            Caller caller,
            @RequestParam(name = "projection", required = false) @Nullable String projection,
            @RequestParam(name = "cause", required = false) @Nullable String cause,
            @RequestParam(name = "after", defaultValue = "0") long after,
            @RequestParam(name = "first", defaultValue = "50") int first) {
        caller.requireEverywhere(Role.OPERATOR);
        if (first < 1 || first > MAX_PAGE) {
            throw malformed("first");
        }
        return desk.list(word("projection", projection), word("cause", cause), after, first);
    }

    @GetMapping("/{projection}/{stream}")
    List<WaitingDocument.Inspected> inspect(
            Caller caller, @PathVariable("projection") String projection, @PathVariable("stream") String stream) {
        caller.requireEverywhere(Role.OPERATOR);
        return desk.inspect(projection, id(stream));
    }

    /** 202 and the order's id: what waits is applied by whoever has it. */
    @PostMapping("/retry")
    ResponseEntity<Ordered> retry(Caller caller, @RequestBody NewOrder body) {
        caller.requireEverywhere(Role.OPERATOR);
        return accepted(desk.retry(body, caller.name()));
    }

    /** 202 and the order's id: the event is passed over for ever, and what waits behind it is applied. */
    @PostMapping("/skip")
    ResponseEntity<Ordered> skip(Caller caller, @RequestBody NewOrder body) {
        caller.requireEverywhere(Role.OPERATOR);
        return accepted(desk.skip(body, caller.name()));
    }

    @GetMapping("/orders")
    List<OrderDocument.Listed> orders(Caller caller) {
        caller.requireEverywhere(Role.OPERATOR);
        return desk.latest();
    }

    @GetMapping("/orders/{id}")
    OrderDocument order(Caller caller, @PathVariable("id") String id) {
        caller.requireEverywhere(Role.OPERATOR);
        return desk.order(id(id));
    }

    private static ResponseEntity<Ordered> accepted(UUID id) {
        return ResponseEntity.accepted().body(new Ordered(id.toString()));
    }

    private static @Nullable String word(String parameter, @Nullable String text) {
        if (text != null && !WORD.matcher(text).matches()) {
            throw malformed(parameter);
        }
        return text;
    }

    private static Refusal malformed(String parameter) {
        return new Refusal(RequestProblem.PARAMETER_MALFORMED, "A parameter has the wrong form: " + parameter);
    }

    /** What can't be an id is nobody's. */
    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(RequestProblem.NOT_FOUND);
        }
    }
}
