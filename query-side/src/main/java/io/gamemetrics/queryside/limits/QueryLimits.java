package io.gamemetrics.queryside.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much may be asked; properties {@code gamemetrics.query.…}.
 *
 * @param maxDepth fields inside fields; an editor's own introspection goes 13 deep
 * @param maxCost of one query, in values that may be answered plus ten for each day looked through; see {@link FieldCost}
 * @param costPerSecond what each caller may ask for, steadily
 * @param costBurst what each caller may ask for at once
 * @param timeLimit for one query
 * @param maxWait the most that {@code waitMillis} can ask for
 */
@ConfigurationProperties("gamemetrics.query")
public record QueryLimits(
        @DefaultValue("16") int maxDepth,
        @DefaultValue("500000") long maxCost,
        @DefaultValue("200000") long costPerSecond,
        @DefaultValue("2000000") long costBurst,
        @DefaultValue("10s") Duration timeLimit,
        @DefaultValue("10s") Duration maxWait) {}
