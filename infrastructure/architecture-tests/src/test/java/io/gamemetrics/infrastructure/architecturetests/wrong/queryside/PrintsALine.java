package io.gamemetrics.infrastructure.architecturetests.wrong.queryside;

record PrintsALine(String line) {
    void print() {
        System.out.println(line);
    }
}
