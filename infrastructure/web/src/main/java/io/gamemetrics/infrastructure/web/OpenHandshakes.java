package io.gamemetrics.infrastructure.web;

/**
 * Where WebSockets are opened without a token, because it comes in their first message. A bean of this type is found by
 * itself. Pages of origins that are not allowed are refused here all the same.
 *
 * @param path of {@code GET} requests that ask for the upgrade; all others at this path need a token as ever
 */
public record OpenHandshakes(String path) {}
