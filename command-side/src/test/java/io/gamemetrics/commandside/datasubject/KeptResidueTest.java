package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A certificate names nobody, whatever the ground says. */
@ExtendWith(SharedCommandSide.class)
class KeptResidueTest {

    private static final List<String> LOOKED_FOR = List.of("ground-guest", "Neil the Great");

    private final TestCommandSide server = SharedCommandSide.server();
    private final PostgresVault vault = server.context().getBean(PostgresVault.class);

    @Test
    void aGroundThatNamesTheSubjectIsWithheld() {
        assertThat(grounds("as ground-guest asked us", "section 147 AO for Neil the Great", "for ground-o-neil"))
                .containsOnly(KeptResidue.WITHHELD);
        assertThat(grounds("section 147 AO")).containsExactly("section 147 AO");
    }

    /** As it comes to stand in the certificate of one request, each of these being kept by another. */
    private List<String> grounds(String... grounds) {
        String game = SharedCommandSide.newGame();
        server.createGame(game);
        int number = vault.findGameNumber(new GameId(game)).orElseThrow();
        for (String ground : grounds) {
            vault.keptRecords()
                    .keep(
                            new Kept(
                                    UUID.randomUUID(),
                                    0,
                                    "PURCHASES",
                                    number,
                                    1,
                                    LocalDate.of(2033, 12, 31),
                                    Instant.parse("2034-01-01T00:00:00Z"),
                                    false),
                            List.of(new PlayerId("ground-o-neil")),
                            ground,
                            List.of(new byte[] {1}));
        }
        UUID request = UUID.randomUUID();
        vault.requestSecrets().putNeedles(request, 0, LOOKED_FOR);
        Intake intake = new Intake(List.of(new Intake.Subject(game, "ground-o-neil")), "signed in", null);
        List<KeptResidue> residue = KeptResidue.of(vault, request, intake);
        vault.requestSecrets().destroy(request);
        assertThat(residue).hasSameSizeAs(grounds).allSatisfy(one -> assertThat(one.why())
                .contains(one.ground()));
        return residue.stream().map(KeptResidue::ground).toList();
    }
}
