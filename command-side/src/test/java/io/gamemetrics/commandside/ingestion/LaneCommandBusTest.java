package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.player.BeginErasure;
import io.gamemetrics.commandside.player.Moderated;
import io.gamemetrics.commandside.player.RecordEvents;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.junit.jupiter.api.Test;

class LaneCommandBusTest extends CommandBusConformance {

    /** Two lanes that hold four players each and take snapshots all the time: everything is forgotten and read again. */
    private static final LaneSettings SMALL = new LaneSettings(2, 2_000, 64, 1_000, 4 * 2_100, 5);

    @Override
    CommandBus bus() {
        return new LaneCommandBus(store, codec, vault, SMALL);
    }

    /** A pool of threads does not promise this, so it is no part of what every bus has to do. */
    @Test
    void decidesCommandsOfOnePlayerInTheOrderTheyCome() {
        Pseudonym player = player("p");
        List<CompletableFuture<CommandResultMessage<?>>> results = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            results.add(dispatch(record(player, unlocked("e", "content " + i))));
        }
        List<String> words =
                results.stream().map(result -> words(result.join())).toList();
        assertThat(words.getFirst()).isEqualTo("accepted");
        assertThat(words.subList(1, words.size())).containsOnly("event.id.conflict");
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aPlayerReadFromASnapshotIsTheSame() throws Exception {
        Pseudonym player = player("p");
        for (int i = 0; i < 30; i++) {
            assertThat(send(player, unlocked("e" + i, "x"))).isEqualTo("accepted");
        }
        ((AutoCloseable) bus).close();
        assertThat(store.snapshots(List.of(player.value()))).containsKey(player.value());
        bus = bus();
        for (int i = 0; i < 30; i++) {
            assertThat(send(player, unlocked("e" + i, "x"))).isEqualTo("duplicate");
        }
        assertThat(send(player, unlocked("e30", "x"))).isEqualTo("accepted");
        assertThat(store.headSequences(List.of(player.value()))).containsEntry(player.value(), 30L);
    }

    @Test
    void aPlayerWhoseKeyIsGoneStaysRefusedWithSnapshotsAndWithout() throws Exception {
        Pseudonym player = player("p");
        for (int i = 0; i < 30; i++) {
            send(player, unlocked("e" + i, "x"));
        }
        assertThat(dispatch(new BeginErasure(player, NOW)).join().getPayload()).isEqualTo(Moderated.DONE);
        ((AutoCloseable) bus).close();
        assertThat(store.snapshots(List.of(player.value()))).as("from before").isNotEmpty();
        ((PostgresVault) vault).destroy(player.value());
        bus = bus();

        assertThat(send(player, unlocked("e1", "x"), unlocked("new", "x"))).isEqualTo("player.erased player.erased");
        store.deleteSnapshots(List.of(player.value()));
        assertThat(store.snapshots(List.of(player.value()))).isEmpty();
        ((AutoCloseable) bus).close();
        bus = bus();
        assertThat(send(player, unlocked("e1", "x"))).isEqualTo("player.erased");
        assertThat(send(player("q"), unlocked("e1", "x"))).isEqualTo("accepted");
    }

    @Test
    void twoReplicasLoseNothingAndDoubleNothing() {
        try (LaneCommandBus replica = new LaneCommandBus(store, codec, vault, SMALL)) {
            List<CompletableFuture<CommandResultMessage<?>>> results = new ArrayList<>();
            CommandBus own = bus;
            for (int i = 0; i < 200; i++) {
                Pseudonym player = player("player " + i % 7);
                RecordEvents command = record(player, unlocked("e" + i, "x"), unlocked("shared" + i / 14, "x"));
                bus = own;
                results.add(dispatch(command));
                bus = replica;
                results.add(dispatch(command));
            }
            bus = own;
            long accepted = results.stream()
                    .map(result -> words(result.join()))
                    .flatMap(words -> List.of(words.split(" ")).stream())
                    .filter("accepted"::equals)
                    .count();
            // 200 own ids, and each player's share of the 15 ids that all of them use.
            assertThat(accepted).isEqualTo(stored());
            assertThat(results.stream().flatMap(r -> List.of(words(r.join()).split(" ")).stream()))
                    .containsOnly("accepted", "duplicate");
        }
    }

    @Test
    void aFullLaneRefusesInsteadOfWaiting() throws Exception {
        ((AutoCloseable) bus).close();
        CompletableFuture<CommandResultMessage<?>> refused = dispatch(record(player("p"), unlocked("a", "x")));
        assertThat(refused.join().exceptionResult()).isInstanceOf(LaneFullException.class);
    }

    @Test
    void whatWasTakenBeforeTheEndIsStillAnswered() throws Exception {
        List<CompletableFuture<CommandResultMessage<?>>> results = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            results.add(dispatch(record(player("player " + i), unlocked("e", "x"))));
        }
        ((AutoCloseable) bus).close();
        assertThat(results).allSatisfy(result -> {
            assertThat(result).isDone();
            assertThat(words(result.join())).isEqualTo("accepted");
        });
        assertThat(stored()).isEqualTo(200);
    }
}
