package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.LongAnswers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives out what is held of a request's subjects, over HTTP. */
@RestController
@RequestMapping("/v1/data-subject-requests")
public final class ExportRestApi {

    private final ExportDesk desk;

    public ExportRestApi(ExportDesk desk) {
        this.desk = desk;
    }

    /** A ZIP, written while it is sent; one that broke off does not open. */
    @GetMapping("/{request}/export")
    void export(
            Caller caller, @PathVariable("request") UUID request, HttpServletRequest http, HttpServletResponse response)
            throws IOException {
        ExportDesk.Download download = desk.open(caller, request);
        download.write(() -> {
            LongAnswers.begin(http);
            response.setContentType("application/zip");
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename("export-" + request + ".zip")
                            .build()
                            .toString());
            response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
            return response.getOutputStream();
        });
    }
}
