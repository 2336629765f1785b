package io.gamemetrics.queryside.subscriptions;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of connections that stay open; properties {@code gamemetrics.subscriptions.…}.
 *
 * @param maxConnections of this process, WebSockets and streams together
 * @param maxConnectionsPerCaller of one token's subject or one key
 * @param maxOperations at once on one WebSocket
 * @param maxWaiting messages that wait for one connection's other end to take them; with more it is ended
 * @param maxWaitingSize the same in characters, two bytes each
 * @param initTimeout how long a WebSocket may be open before its token comes
 * @param ping how often the other end is asked whether it is there
 * @param silence after so long without a word from a WebSocket's other end it is ended
 * @param recheck how often tokens are looked at again: so long after its end, at most, a token's connections end
 */
@ConfigurationProperties("gamemetrics.subscriptions")
public record SubscriptionLimits(
        @DefaultValue("20000") int maxConnections,
        @DefaultValue("10000") int maxConnectionsPerCaller,
        @DefaultValue("100") int maxOperations,
        @DefaultValue("256") int maxWaiting,
        @DefaultValue("512KB") DataSize maxWaitingSize,
        @DefaultValue("10s") Duration initTimeout,
        @DefaultValue("20s") Duration ping,
        @DefaultValue("60s") Duration silence,
        @DefaultValue("15s") Duration recheck) {}
