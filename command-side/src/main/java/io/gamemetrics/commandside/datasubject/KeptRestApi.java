package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows what is kept of requests' subjects, over HTTP. */
@RestController
@RequestMapping("/v1/data-subject-requests")
public final class KeptRestApi {

    private final KeptDesk desk;

    public KeptRestApi(KeptDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/kept")
    List<KeptDesk.KeptLine> list(
            Caller caller,
            @RequestParam(name = "after", required = false) @Nullable UUID after,
            @RequestParam(name = "first", defaultValue = "50") int first) {
        if (caller.isKey()) {
            throw new Refusal(RequestProblem.FORBIDDEN);
        }
        if (first < 1 || first > DataSubjectsRestApi.MAX_PAGE) {
            throw new Refusal(RequestProblem.PARAMETER_MALFORMED, "first: from 1 to " + DataSubjectsRestApi.MAX_PAGE);
        }
        return desk.list(caller, after, first);
    }

    /** JSON, written while it is sent: what broke off is none. */
    @GetMapping("/{request}/kept")
    void kept(Caller caller, @PathVariable("request") UUID request, HttpServletResponse response) throws IOException {
        KeptDesk.Document document = desk.open(caller, request);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        document.write(response.getOutputStream());
    }
}
