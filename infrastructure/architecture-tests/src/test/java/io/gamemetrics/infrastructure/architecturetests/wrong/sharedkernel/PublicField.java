package io.gamemetrics.infrastructure.architecturetests.wrong.sharedkernel;

final class PublicField {
    public int count;
}
