package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchemaTest {

    /** What callers build on. A difference is either a mistake or an addition: then approve it by copying the actual file. */
    private static final Path APPROVED = Path.of("src/test/resources/approved-schema.graphqls");

    @Test
    void the_schema_is_the_approved_one() throws Exception {
        try (QueryService service = QueryService.start(Map.of())) {
            var answer = service.send(service.to("/graphql/schema.graphqls")
                    .header("Authorization", "Bearer " + QueryService.token("intendo", Role.ANALYST)));
            assertThat(answer.statusCode()).isEqualTo(200);
            Files.writeString(Path.of("target/actual-schema.graphqls"), answer.body());
            assertThat(answer.body()).isEqualTo(Files.readString(APPROVED));
        }
    }

    @Test
    void every_field_of_a_game_belongs_to_a_read_model_that_minPosition_waits_for() throws Exception {
        try (QueryService service = QueryService.start(Map.of())) {
            JsonNode fields = service.ask("{ __type(name: \"Game\") { fields { name } } }")
                    .at("/data/__type/fields");
            Set<String> claimed = service.readModels().stream()
                    .flatMap(model -> model.fields().stream())
                    .collect(Collectors.toSet());
            assertThat(fields).isNotEmpty();
            for (JsonNode field : fields) {
                String name = field.path("name").asText();
                assertThat(claimed.contains(name) || name.equals("id")).as(name).isTrue();
            }
        }
    }
}
