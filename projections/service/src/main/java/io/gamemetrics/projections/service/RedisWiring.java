package io.gamemetrics.projections.service;

import io.lettuce.core.RedisURI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The Redis of the read models, {@code gamemetrics.redis.url}, for the wiring of a projection that keeps one there to import. */
@Configuration(proxyBeanMethods = false)
public class RedisWiring {

    @Bean
    LettuceConnectionFactory redisConnections(@Value("${gamemetrics.redis.url}") String url) {
        return new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(RedisURI.create(url)));
    }
}
