package io.gamemetrics.infrastructure.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Words, each with how often it comes up beside the others. */
record Chances(List<String> words, List<Integer> upTo) {

    /** @param table such as {@code "ios 4, android 6"} */
    static Chances of(String table) {
        List<String> words = new ArrayList<>();
        List<Integer> upTo = new ArrayList<>();
        int sum = 0;
        for (String entry : table.split(", ", -1)) {
            int space = entry.lastIndexOf(' ');
            sum += Integer.parseInt(entry.substring(space + 1));
            words.add(entry.substring(0, space));
            upTo.add(sum);
        }
        return new Chances(List.copyOf(words), List.copyOf(upTo));
    }

    String pick(Random random) {
        int drawn = random.nextInt(upTo.getLast());
        int index = 0;
        while (upTo.get(index) <= drawn) {
            index++;
        }
        return words.get(index);
    }
}
