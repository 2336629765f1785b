package io.gamemetrics.infrastructure.architecturetests.wrong.unmarked;

record SaysNothingOfNull(String text) {}
