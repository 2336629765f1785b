package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys and arguments of one call of {@code apply.lua}. */
final class ApplyCall {

    /** Of a board that knows links and bans, but no event of the partition yet. */
    private static final Position NOWHERE = new Position(1, 0);

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
     * How far the board has come, before and after.
     *
     * @param before on the partition; absent when it has nothing of it
     * @param late the field of a stream whose events come late; absent when none do
     * @param lateBefore with that stream's late events; absent before the first
     */
    record Marks(
            @Nullable String before,
            @Nullable String after,
            byte @Nullable [] late,
            @Nullable String lateBefore,
            @Nullable String lateAfter) {}

    /** The arguments. */
    List<byte[]> arguments(int partition, Marks marks) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(Bytes.of(rule.text()));
        arguments.add(Bytes.of(partition));
        arguments.add(text(marks.before));
        arguments.add(text(marks.after));
        arguments.add(marks.late == null ? text(null) : marks.late);
        arguments.add(text(marks.lateBefore));
        arguments.add(text(marks.lateAfter));
        arguments.add(names.changes(board.game()));
        Position reached = marks.after == null ? NOWHERE : Position.parse(marks.after);
        arguments.add(Bytes.of(new ChangeNotice(board.id(), reached).text()));
        arguments.add(Bytes.of(allPeriods ? 1 : 0));
        arguments.add(Bytes.of(periods.size()));
        periods.keySet().forEach(period -> arguments.add(Bytes.of(period)));
        arguments.addAll(operations);
        return arguments;
    }

    private static byte[] text(@Nullable String word) {
        return Bytes.of(word == null ? "" : word);
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
