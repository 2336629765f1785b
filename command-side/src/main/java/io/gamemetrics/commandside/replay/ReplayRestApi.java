package io.gamemetrics.commandside.replay;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilding read models beside the live ones, over HTTP. Who did what is kept with each replay. */
@RestController
@RequestMapping("/v1")
public final class ReplayRestApi {

    private final ReplayDesk desk;

    public ReplayRestApi(ReplayDesk desk) {
        this.desk = desk;
    }

    record Started(String replayId) {}

    /** @param eventsPerSecond absent: as fast as it goes */
    record Limit(@Nullable Integer eventsPerSecond) {}

    @GetMapping("/projections")
    List<ProjectionDocument> projections(Caller caller) {
        caller.requireEverywhere(Role.OPERATOR);
        return desk.projections();
    }

    /** 202 and the new replay's id; of a dry run 200 and what it would take. */
    @PostMapping("/replays")
    ResponseEntity<Record> start(Caller caller, @RequestBody NewReplay body) {
        caller.requireEverywhere(Role.OPERATOR);
        return body.isDry()
                ? ResponseEntity.ok(desk.tryDry(body))
                : ResponseEntity.accepted()
                        .body(new Started(desk.start(body, caller.name()).id().toString()));
    }

    @GetMapping("/replays")
    List<ReplayDocument> list(Caller caller) {
        caller.requireEverywhere(Role.OPERATOR);
        return desk.latest();
    }

    @GetMapping("/replays/{id}")
    ReplayDocument get(Caller caller, @PathVariable("id") String id) {
        caller.requireEverywhere(Role.OPERATOR);
        return desk.find(replay(id));
    }

    @PostMapping("/replays/{id}/pause")
    ReplayDocument pause(Caller caller, @PathVariable("id") String id) {
        return order(caller, id, new ReplayOrder.Pause());
    }

    @PostMapping("/replays/{id}/resume")
    ReplayDocument resume(Caller caller, @PathVariable("id") String id) {
        return order(caller, id, new ReplayOrder.Resume());
    }

    @PostMapping("/replays/{id}/throttle")
    ReplayDocument throttle(Caller caller, @PathVariable("id") String id, @RequestBody Limit body) {
        Integer limit = NewReplay.positive("/eventsPerSecond", body.eventsPerSecond());
        return order(caller, id, new ReplayOrder.Throttle(limit));
    }

    @PostMapping("/replays/{id}/compare")
    ReplayDocument compare(Caller caller, @PathVariable("id") String id) {
        caller.requireEverywhere(Role.OPERATOR);
        return desk.compare(replay(id), caller.name());
    }

    @PostMapping("/replays/{id}/switch")
    ReplayDocument switchOver(Caller caller, @PathVariable("id") String id) {
        return order(caller, id, new ReplayOrder.Switch());
    }

    @PostMapping("/replays/{id}/rollback")
    ReplayDocument rollBack(Caller caller, @PathVariable("id") String id) {
        return order(caller, id, new ReplayOrder.Rollback());
    }

    @PostMapping("/replays/{id}/cancel")
    ReplayDocument cancel(Caller caller, @PathVariable("id") String id) {
        return order(caller, id, new ReplayOrder.Cancel());
    }

    @PostMapping("/replays/{id}/drop")
    ReplayDocument drop(Caller caller, @PathVariable("id") String id) {
        return order(caller, id, new ReplayOrder.Drop());
    }

    private ReplayDocument order(Caller caller, String id, ReplayOrder order) {
        caller.requireEverywhere(Role.OPERATOR);
        return desk.order(replay(id), order, caller.name());
    }

    /** What can't be a replay's id is no replay's. */
    private static UUID replay(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new Refusal(RequestProblem.NOT_FOUND);
        }
    }
}
