package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys and arguments of one call of {@code apply.lua}. */
final class ApplyCall {

    private final Keys names;
    private final Keys.Board board;
    private final BoardRule rule;
    private final boolean allPeriods;
    private final Map<String, Integer> periods = new LinkedHashMap<>();
    private final List<byte[]> operations = new ArrayList<>();

    /** A call for scores, which touch their own periods only. */
    ApplyCall(Keys names, Keys.Board board, BoardRule rule) {
        this.names = names;
        this.board = board;
        this.rule = rule;
        this.allPeriods = false;
    }

    /** A call for any operations: some change all periods of the board there are. */
    ApplyCall(Keys names, Keys.Board board, BoardRule rule, Set<String> allPeriods) {
        this.names = names;
        this.board = board;
        this.rule = rule;
        this.allPeriods = true;
        allPeriods.forEach(this::indexOf);
    }

    void add(Operation operation) {
        switch (operation) {
            case Operation.Score score -> {
                add("s", Bytes.of(score.player()));
                add(score.score());
                add(score.occurredAt().toEpochMilli());
                add(score.position().number());
                add(score.storedAt().toEpochMilli());
                Period.around(score.occurredAt().atZone(rule.zone()).toLocalDate())
                        .forEach(period -> add(indexOf(period.toString())));
            }
            case Operation.Link link -> {
                add("l", Bytes.of(link.player()));
                operations.add(Bytes.of(link.person()));
                add(link.storedAt().toEpochMilli());
            }
            case Operation.Ban ban -> {
                add("b", Bytes.of(ban.player()));
                operations.add(Bytes.of(ban.boardId() == null ? "*" : "."));
                add(ban.position().number());
                add(ban.banned() ? 1 : 0);
                add(ban.storedAt().toEpochMilli());
            }
        }
    }

    List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>(names.ofScripts(board));
        periods.keySet().forEach(period -> {
            keys.add(names.rank(board, period));
            keys.add(names.state(board, period));
        });
        return keys;
    }

    /**
     * The arguments.
     *
     * @param before the board's checkpoint on the partition; empty when it has none
     * @param after where it is then
     */
    List<byte[]> arguments(int partition, String before, String after) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(Bytes.of(rule.text()));
        arguments.add(Bytes.of(partition));
        arguments.add(Bytes.of(before));
        arguments.add(Bytes.of(after));
        arguments.add(names.changes(board.game()));
        arguments.add(Bytes.of(new ChangeNotice(board.id(), Position.parse(after)).text()));
        arguments.add(Bytes.of(allPeriods ? 1 : 0));
        arguments.add(Bytes.of(periods.size()));
        periods.keySet().forEach(period -> arguments.add(Bytes.of(period)));
        arguments.addAll(operations);
        return arguments;
    }

    private int indexOf(String period) {
        return periods.computeIfAbsent(period, name -> periods.size() + 1);
    }

    private void add(String kind, byte[] player) {
        operations.add(Bytes.of(kind));
        operations.add(player);
    }

    private void add(long number) {
        operations.add(Bytes.of(number));
    }
}
