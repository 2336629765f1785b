package io.gamemetrics.infrastructure.architecturetests.wrong.queryside;

record PlayerManager(int count) {}
