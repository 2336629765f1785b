package io.gamemetrics.queryside.graphiql;

import graphql.schema.idl.SchemaPrinter;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The whole schema as text, descriptions included. */
@RestController
public final class SchemaText {

    private final GraphQlSource source;

    public SchemaText(GraphQlSource source) {
        this.source = source;
    }

    @GetMapping(path = "/graphql/schema.graphqls", produces = "text/plain;charset=UTF-8")
    String schema() {
        SchemaPrinter.Options options = SchemaPrinter.Options.defaultOptions()
                .includeScalarTypes(true)
                .includeSchemaDefinition(true)
                .includeDirectiveDefinitions(false);
        return new SchemaPrinter(options).print(source.schema());
    }
}
