package io.gamemetrics.commandside.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.commandside.ingestion.EventSchema;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The interface's own documents, over HTTP. */
@RestController
@RequestMapping(path = "/v1", produces = "application/json")
public final class DocumentsRestApi {

    private final JsonNode openApi;
    private final JsonNode events = EventSchema.document();
    private final ProblemPages problems = new ProblemPages();

    public DocumentsRestApi() throws IOException {
        try (InputStream resource = DocumentsRestApi.class.getResourceAsStream("/command-side/openapi.json")) {
            if (resource == null) {
                throw new IOException("the class path holds no /command-side/openapi.json");
            }
            openApi = new ObjectMapper().readTree(resource);
        }
    }

    @GetMapping("/openapi.json")
    JsonNode openApi() {
        return openApi;
    }

    @GetMapping("/schemas/events.json")
    JsonNode events() {
        return events;
    }

    @GetMapping("/problems")
    java.util.Collection<ProblemPage> problems() {
        return problems.all();
    }

    @GetMapping("/problems/{code}")
    ProblemPage problem(@PathVariable("code") String code) {
        ProblemPage page = problems.find(code);
        if (page == null) {
            throw new Refusal(RequestProblem.NOT_FOUND);
        }
        return page;
    }
}
