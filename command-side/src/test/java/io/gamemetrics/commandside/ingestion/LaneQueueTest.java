package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.ingestion.Lane.Task;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.junit.jupiter.api.Test;

class LaneQueueTest {

    private static final int NOISY = 1;
    private static final int QUIET = 2;

    /** Six commands or ten events a group, 100 places. */
    private final LaneQueue queue = new LaneQueue(new LaneSettings(1, 100, 6, 10, 10_000, 10));

    @Test
    void aGameAloneGetsHalfAndTheNextHalfOfTheRest() {
        assertThat(offerAll(NOISY, 1_000)).isEqualTo(50);
        assertThat(offerAll(QUIET, 1_000)).isEqualTo(25);
        assertThat(offerAll(3, 3)).as("one who needs little finds room").isEqualTo(3);
    }

    @Test
    void whatWasTakenOutMakesRoomAgain() throws Exception {
        offerAll(NOISY, 1_000);
        int out = next().size();
        assertThat(offerAll(NOISY, 1_000)).isEqualTo(out);
    }

    @Test
    void gamesTakeTurns() throws Exception {
        offerAll(NOISY, 20);
        offerAll(QUIET, 2);
        assertThat(next().stream().map(Task::game)).containsExactly(NOISY, QUIET, NOISY, QUIET, NOISY, NOISY);
    }

    @Test
    void morePlayersThanPlacesInAGroupAreServedInTurn() throws Exception {
        for (int game = 1; game <= 9; game++) {
            offerAll(game, 2);
        }
        assertThat(next().stream().map(Task::game)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(next().stream().map(Task::game)).containsExactly(7, 8, 9, 1, 2, 3);
        assertThat(next().stream().map(Task::game)).containsExactly(4, 5, 6, 7, 8, 9);
        assertThat(next()).isEmpty();
    }

    @Test
    void onePlayerOfANoisyGameHoldsNobodyElseUp() throws Exception {
        for (int i = 0; i < 40; i++) {
            queue.offer(task(NOISY, "same", 1, false));
        }
        offerAll(QUIET, 3);
        assertThat(next().stream().map(Task::game)).containsExactly(NOISY, QUIET, QUIET, QUIET);
        assertThat(next().stream().map(Task::game)).containsExactly(NOISY);
    }

    @Test
    void aPlayersCommandsKeepTheirOrder() throws Exception {
        List<Task> tasks = List.of(
                task(NOISY, "p", 1, false),
                task(NOISY, "q", 1, false),
                task(NOISY, "p", 2, false),
                task(NOISY, "p", 3, false));
        tasks.forEach(queue::offer);
        assertThat(next()).containsExactly(tasks.get(0), tasks.get(1));
        assertThat(next()).containsExactly(tasks.get(2));
        assertThat(next()).containsExactly(tasks.get(3));
    }

    @Test
    void whatDoesNotFitBeginsTheNextGroup() throws Exception {
        for (int i = 0; i < 4; i++) {
            queue.offer(task(NOISY, "noisy " + i, 4, false));
            queue.offer(task(3, "other " + i, 4, false));
        }
        queue.offer(task(QUIET, "large", 9, false));
        assertThat(next().stream().map(Task::weight)).containsExactly(4, 4);
        assertThat(next().stream().map(Task::weight)).containsExactly(9);
    }

    @Test
    void whoHasToBeAloneIs() throws Exception {
        queue.offer(task(NOISY, "a", 1, false));
        queue.offer(task(NOISY, "b", 1, true));
        queue.offer(task(NOISY, "c", 1, false));
        assertThat(next().stream().map(Task::stream)).containsExactly("a");
        assertThat(next().stream().map(Task::stream)).containsExactly("b");
        assertThat(next().stream().map(Task::stream)).containsExactly("c");
    }

    @Test
    void aClosedOneTakesNothingAndGivesOutWhatItHas() throws Exception {
        offerAll(NOISY, 1);
        queue.close();
        assertThat(offerAll(NOISY, 1)).isZero();
        assertThat(next()).hasSize(1);
        assertThat(queue.nextGroup(0)).isNull();
    }

    private List<Task> next() throws InterruptedException {
        return Objects.requireNonNull(queue.nextGroup(0));
    }

    private int offerAll(int game, int count) {
        int taken = 0;
        for (int i = 0; i < count; i++) {
            taken += queue.offer(task(game, game + "/" + i, 1, false)) ? 1 : 0;
        }
        return taken;
    }

    private static Task task(int game, String stream, int weight, boolean alone) {
        return new Task(new GenericCommandMessage<>("any"), (command, result) -> {}, game, stream, weight, alone);
    }
}
