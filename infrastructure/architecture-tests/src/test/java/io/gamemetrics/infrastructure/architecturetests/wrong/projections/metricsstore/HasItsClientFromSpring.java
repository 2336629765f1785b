package io.gamemetrics.infrastructure.architecturetests.wrong.projections.metricsstore;

import org.springframework.data.redis.connection.RedisConnectionFactory;

record HasItsClientFromSpring(RedisConnectionFactory connections) {}
