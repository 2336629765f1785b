package io.gamemetrics.commandside.datasubject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Kept;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Signer;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Purged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReceived;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Searched;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectScanned;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a certificate says, and that it is signed as it stands. */
class ErasureCertificateTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final UUID ID = new UUID(1, 7);
    private static final LocalDate LAST_DAY = LocalDate.of(2033, 12, 31);
    private static final SubjectKept LOST = new SubjectKept(ID, 1, KeptKind.PURCHASES, 8, LAST_DAY, NOON, NOON);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Signer signer;
    private static byte[] certificate;
    private static ObjectNode document;

    @BeforeAll
    static void issue() throws Exception {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(TestPostgres.newDatabase());
            signer = PostgresVault.open(database, KeyDirectory.at(folder)).signer();
        }
        List<GameId> games = List.of(new GameId("intendo"), new GameId("other"));
        Executing done = new Executing(
                new RequestReceived(ID, RequestKind.ERASURE, games, NOON, NOON, NOON, "privacy@example.org", NOON),
                NOON,
                NOON,
                List.of(
                        new Kept(new SubjectKept(ID, 0, KeptKind.PURCHASES, 12, LAST_DAY, NOON, NOON), null),
                        new Kept(LOST, null),
                        new Kept(new SubjectKept(ID, 1, KeptKind.PURCHASES, 9, LAST_DAY, NOON, NOON), NOON)),
                Map.of(
                        0, new SubjectPurged(ID, 0, List.of(new Purged("metrics.events", 7)), NOON),
                        1, new SubjectPurged(ID, 1, List.of(), NOON)),
                Map.of(
                        0,
                        new SubjectScanned(ID, 0, 0, List.of(new Searched("events", 40, 9_000, 0)), NOON),
                        1,
                        new SubjectScanned(ID, 1, 2, List.of(new Searched("kafka", 30, 8_000, 2)), NOON)));
        Intake intake = new Intake(
                List.of(new Intake.Subject("intendo", "anna@example.org"), new Intake.Subject("other", "bert")),
                "signed in",
                "please");
        certificate = ErasureCertificate.issue(
                done,
                intake,
                List.of(new KeptResidue(0, ID, "PURCHASES", 12, LAST_DAY, "section 147 AO")),
                new LostInVault(Set.of(1), Set.of(LOST)),
                new AuditChain.Head(42, "ab12"),
                NOON,
                signer);
        document = (ObjectNode) JSON.readTree(certificate);
    }

    @Test
    void itNamesNobodyAndIsRecognizedByWhoKnowsTheId() throws Exception {
        assertThat(new String(certificate, UTF_8))
                .doesNotContain("anna")
                .doesNotContain("bert")
                .doesNotContain("privacy@");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(HexFormat.of().parseHex(document.at("/subjects/0/salt").textValue()));
        assertThat(document.at("/subjects/0/player").textValue())
                .isEqualTo(HexFormat.of().formatHex(digest.digest("anna@example.org".getBytes(UTF_8))));
        assertThat(document.at("/subjects/0/salt")).isNotEqualTo(document.at("/subjects/1/salt"));
        assertThat(document.at("/subjects/1/hits").intValue()).isEqualTo(2);
        assertThat(document.at("/audit/entries").intValue()).isEqualTo(42);
        assertThat(document.get("residue").findValuesAsText("what"))
                .contains("erased-player", "events", "totals", "vault-backups");
        assertThat(document.get("evidence").findValuesAsText("text"))
                .contains("subject 1 searched kafka 30 values 8000 bytes, hits 2");
    }

    @Test
    void whatIsKeptIsNamedWithItsDayAndGround() {
        JsonNode kept = document.get("residue").get(document.get("residue").size() - 1);
        assertThat(kept.get("what").textValue()).isEqualTo("kept");
        assertThat(kept.get("subject").intValue()).isZero();
        assertThat(kept.get("kind").textValue()).isEqualTo("PURCHASES");
        assertThat(kept.get("records").intValue()).isEqualTo(12);
        assertThat(kept.get("until").textValue()).isEqualTo("2033-12-31");
        assertThat(kept.get("ground").textValue()).isEqualTo("section 147 AO");
        assertThat(kept.get("why").textValue()).contains("until 2033-12-31", "section 147 AO");
        assertThat(document.get("evidence").findValuesAsText("text"))
                .contains(
                        "subject 0 kept PURCHASES 12 until 2033-12-31 at " + NOON,
                        "subject 1 kept PURCHASES 8 until 2033-12-31 at " + NOON,
                        "subject 1 kept PURCHASES lost: the vault was put back to before, and nothing of it is there",
                        "subject 1 kept PURCHASES 9 until 2033-12-31 at " + NOON,
                        "subject 1 kept PURCHASES destroyed at " + NOON);
    }

    @Test
    void whoWasSearchedForByTheIdAloneIsNamed() {
        JsonNode search = document.get("residue").get(document.get("residue").size() - 2);
        assertThat(search.get("what").textValue()).isEqualTo("search");
        assertThat(search.get("subject").intValue()).isEqualTo(1);
        assertThat(search.get("why").textValue()).contains("by the id that was asked for");
    }

    @Test
    void itIsSignedAsItStandsWithoutItsLastMember() throws Exception {
        byte[] key = Base64.getDecoder().decode(document.get("key").textValue());
        assertThat(key).isEqualTo(signer.publicKey());
        byte[] signed = Base64.getDecoder().decode(document.get("signature").textValue());
        ObjectNode without = document.deepCopy();
        without.remove("signature");
        byte[] message = JSON.writeValueAsBytes(without);
        assertThat(verifies(key, message, signed)).isTrue();
        message[message.length / 2] ^= 1;
        assertThat(verifies(key, message, signed)).isFalse();
        assertThat(JSON.writeValueAsBytes(document)).as("compact").isEqualTo(certificate);
    }

    @Test
    void itsEvidenceMakesItsRoot() {
        List<byte[]> leaves = new ArrayList<>();
        document.get("evidence")
                .forEach(one -> leaves.add(
                        (one.get("salt").textValue() + one.get("text").textValue()).getBytes(UTF_8)));
        assertThat(leaves).hasSize(12);
        String root = document.get("merkleRoot").textValue();
        assertThat(HexFormat.of().formatHex(Merkle.root(leaves))).isEqualTo(root);
        assertThat(HexFormat.of().formatHex(Merkle.root(leaves.reversed()))).isNotEqualTo(root);
        assertThat(HexFormat.of().formatHex(Merkle.root(leaves.subList(0, 11)))).isNotEqualTo(root);
    }

    private static boolean verifies(byte[] key, byte[] message, byte[] signed) throws Exception {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
        signature.update(message);
        return signature.verify(signed);
    }
}
