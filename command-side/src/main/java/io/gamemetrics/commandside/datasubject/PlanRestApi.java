package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.web.Caller;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the execution of a request would do, over HTTP. */
@RestController
@RequestMapping("/v1/data-subject-requests")
public final class PlanRestApi {

    private final PlanDesk desk;

    public PlanRestApi(PlanDesk desk) {
        this.desk = desk;
    }

    /** 202 with what is counted so far; 200 when all is. */
    @GetMapping("/{request}/plan")
    ResponseEntity<PlanDocument> plan(Caller caller, @PathVariable("request") UUID request) {
        PlanDocument plan = desk.look(caller, request);
        return ResponseEntity.status(plan.isCounted() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .cacheControl(CacheControl.noStore())
                .body(plan);
    }
}
