package io.gamemetrics.queryside.wiring;

import graphql.schema.idl.EnumValuesProvider;
import io.gamemetrics.infrastructure.web.Faults;
import io.gamemetrics.infrastructure.web.ProblemMembers;
import io.gamemetrics.projections.metricsstore.Dimension;
import io.gamemetrics.projections.playersstore.PlayersReader;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.FieldErrors;
import io.gamemetrics.queryside.game.ModelStates;
import io.gamemetrics.queryside.game.PositionWait;
import io.gamemetrics.queryside.game.ReadModel;
import io.gamemetrics.queryside.limits.Answers;
import io.gamemetrics.queryside.limits.CostInstrumentation;
import io.gamemetrics.queryside.limits.QueryLimits;
import io.gamemetrics.queryside.player.SealedNames;
import io.gamemetrics.queryside.scalars.Scalars;
import io.gamemetrics.queryside.versions.PinningFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.autoconfigure.graphql.GraphQlSourceBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/** What stands around the fields: scalars, limits, errors, and the check that every field of the schema has an answer. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueryLimits.class)
@Import(ReadModels.class)
public class GraphqlWiring {

    private static final String GRAPHQL = "/graphql";

    @Bean
    RuntimeWiringConfigurer values() {
        EnumValuesProvider dimensions =
                name -> Dimension.valueOf(name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
        return wiring -> {
            Scalars.all().forEach(wiring::scalar);
            wiring.type("Dimension", type -> type.enumValues(dimensions));
        };
    }

    @Bean
    GraphQlSourceBuilderCustomizer completeSchema() {
        return builder -> builder.inspectSchemaMappings(SchemaCheck::requireComplete);
    }

    /** A request's fields are all answered from the same versions. */
    @Bean
    FilterRegistrationBean<PinningFilter> pinningFilter() {
        FilterRegistrationBean<PinningFilter> registration = new FilterRegistrationBean<>(new PinningFilter());
        registration.addUrlPatterns(GRAPHQL);
        return registration;
    }

    @Bean
    CostInstrumentation costInstrumentation(QueryLimits limits) {
        return new CostInstrumentation(limits);
    }

    @Bean
    Answers answers(QueryLimits limits) {
        return new Answers(limits);
    }

    @Bean
    FieldErrors fieldErrors(Faults faults) {
        return new FieldErrors(faults);
    }

    @Bean
    SealedNames sealedNames(PlayersReader players) {
        return players::names;
    }

    @Bean
    PositionWait positionWait(List<ReadModel> models) {
        return new PositionWait(models);
    }

    @Bean
    ModelStates modelStates(List<ReadModel> models) {
        return new ModelStates(models);
    }

    /** A query that does not get as far as GraphQL is answered in its form too, beside the problem document's. */
    @Bean
    ProblemMembers graphqlErrors() {
        return (request, refusal) -> {
            if (!request.getRequestURI().equals(GRAPHQL)) {
                return Map.of();
            }
            Map<String, Object> error = Map.of(
                    "message",
                    refusal.type().title(),
                    "extensions",
                    Map.of("code", codeOf(refusal.type().status()).name(), "cost", 0));
            return Map.of("errors", List.of(error));
        };
    }

    private static ErrorCode codeOf(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 429 -> ErrorCode.RATE_LIMITED;
            case 500 -> ErrorCode.INTERNAL;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> ErrorCode.BAD_INPUT;
        };
    }
}
