package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestCommand.Step;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Data subjects' requests, over HTTP. */
@RestController
@RequestMapping("/v1/data-subject-requests")
public final class DataSubjectsRestApi {

    static final int MAX_PAGE = 200;

    private final RequestDesk desk;

    public DataSubjectsRestApi(RequestDesk desk) {
        this.desk = desk;
    }

    /** Why, in somebody's words. */
    record Words(@Nullable String reason) {

        @Override
        public String toString() {
            return "Words[…]";
        }
    }

    /** @param how how it was made sure who is asking */
    record Confirmation(@Nullable String how) {

        @Override
        public String toString() {
            return "Confirmation[…]";
        }
    }

    /** @param until by when it will be answered; absent: two months later */
    record Extension(@Nullable String until, @Nullable String reason) {

        @Override
        public String toString() {
            return "Extension[…]";
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    RequestDesk.Made create(Caller caller, @RequestBody NewRequest body) {
        return desk.receive(caller, body);
    }

    @GetMapping
    List<RequestDocument> list(
            Caller caller,
            @RequestParam(name = "after", required = false) @Nullable UUID after,
            @RequestParam(name = "first", defaultValue = "50") int first) {
        if (caller.isKey()) {
            throw new Refusal(RequestProblem.FORBIDDEN);
        }
        if (first < 1 || first > MAX_PAGE) {
            throw new Refusal(RequestProblem.PARAMETER_MALFORMED, "first: from 1 to " + MAX_PAGE);
        }
        return desk.list(caller, after, first);
    }

    @GetMapping("/{request}")
    RequestDocument get(Caller caller, @PathVariable("request") UUID request) {
        return desk.look(caller, request);
    }

    /** As it was signed, byte for byte. */
    @GetMapping(path = "/{request}/certificate", produces = "application/json")
    byte[] certificate(Caller caller, @PathVariable("request") UUID request) {
        return desk.certificate(caller, request);
    }

    @PostMapping("/{request}/confirm-identity")
    RequestDocument confirmIdentity(
            Caller caller, @PathVariable("request") UUID request, @RequestBody Confirmation body) {
        return desk.take(caller, request, Step.CONFIRM_IDENTITY, NewRequest.text("/how", body.how()));
    }

    @PostMapping("/{request}/execute")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RequestDocument execute(Caller caller, @PathVariable("request") UUID request) {
        return desk.take(caller, request, Step.EXECUTE, null);
    }

    @PostMapping("/{request}/extend")
    RequestDocument extend(Caller caller, @PathVariable("request") UUID request, @RequestBody Extension body) {
        String reason = NewRequest.text("/reason", body.reason());
        return desk.extend(
                caller, request, body.until() == null ? null : NewRequest.instant("/until", body.until()), reason);
    }

    @PostMapping("/{request}/refuse")
    RequestDocument refuse(Caller caller, @PathVariable("request") UUID request, @RequestBody Words body) {
        return desk.take(caller, request, Step.REFUSE, NewRequest.text("/reason", body.reason()));
    }

    @PostMapping("/{request}/hold")
    RequestDocument hold(Caller caller, @PathVariable("request") UUID request, @RequestBody Words body) {
        return desk.take(caller, request, Step.HOLD, NewRequest.text("/reason", body.reason()));
    }

    @PostMapping("/{request}/release")
    RequestDocument release(Caller caller, @PathVariable("request") UUID request) {
        return desk.take(caller, request, Step.RELEASE, null);
    }
}
