package io.gamemetrics.queryside.wiring;

import org.springframework.graphql.execution.SchemaReport;

/** Refuses to start with a schema that promises what nothing answers. */
final class SchemaCheck {

    private SchemaCheck() {}

    /** @throws IllegalStateException naming every field without an answer, every answer without a field, and every unknown argument */
    static void requireComplete(SchemaReport report) {
        if (!report.unmappedFields().isEmpty()
                || !report.unmappedRegistrations().isEmpty()
                || !report.unmappedArguments().isEmpty()
                || !report.skippedTypes().isEmpty()) {
            throw new IllegalStateException("the GraphQL schema and the code differ: fields without an answer "
                    + report.unmappedFields() + ", answers without a field "
                    + report.unmappedRegistrations().keySet() + ", arguments without a field "
                    + report.unmappedArguments().values() + ", types not looked at " + report.skippedTypes());
        }
    }
}
