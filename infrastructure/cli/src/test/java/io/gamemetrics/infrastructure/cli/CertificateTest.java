package io.gamemetrics.infrastructure.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that the command side issued, checked by its file alone. */
class CertificateTest {

    @TempDir
    Path folder;

    private byte[] issued;
    private Path file;

    @BeforeEach
    void save() throws Exception {
        try (InputStream in = Objects.requireNonNull(CertificateTest.class.getResourceAsStream("/certificate.json"))) {
            issued = in.readAllBytes();
        }
        file = folder.resolve("certificate.json");
        Files.write(file, issued);
    }

    @Test
    void a_genuine_one_says_what_was_done_and_what_stays() {
        Typed typed = verify();

        assertThat(typed.exit()).isZero();
        assertThat(typed.out())
                .startsWith("It is genuine.\nrequest 00000000-0000-0001-0000-000000000007, received")
                .contains("subjects 2, audit entries 42, key ")
                .contains("subject 1: found in 2 places afterwards")
                .contains("stays: erased-player: ");
    }

    @Test
    void who_knows_an_id_can_tell_whether_it_is_about_them() {
        assertThat(verify("--player", "anna@example.org").exit()).isZero();
        assertThat(verify("--player", "bert").out()).startsWith("It is genuine, and about this player.");
        Typed other = verify("--player", "carl");
        assertThat(other.exit()).isEqualTo(3);
        assertThat(other.out()).startsWith("It is genuine, and about nobody with this id.");
    }

    @Test
    void one_flipped_bit_anywhere_is_found() throws Exception {
        for (int at = 0; at < issued.length; at++) {
            byte[] flipped = issued.clone();
            flipped[at] ^= (byte) (1 << (at % 7));
            assertThatThrownBy(() -> CertificateCheck.of(flipped, null))
                    .as("byte %d", at)
                    .isInstanceOf(CertificateCheck.Refused.class);
        }
        issued[issued.length / 2] ^= 1;
        Files.write(file, issued);
        assertThat(verify().exit()).isEqualTo(3);
    }

    @Test
    void another_spelling_of_the_same_was_not_issued() throws Exception {
        String text = new String(issued, UTF_8);
        for (String other : new String[] {
            text.replace(",\"type\"", ", \"type\""),
            text.replace("\"type\":\"ERASURE\"", "\"type\":\"OTHER\",\"type\":\"ERASURE\""),
            text.replace("ERASURE", "ERASUR\\u0045"),
            text + "{}",
            "[]",
            ""
        }) {
            Files.writeString(file, other);
            assertThat(verify().exit()).as(other).isEqualTo(3);
        }
        Files.writeString(file, text + "\n");
        assertThat(verify().exit()).as("an editor's last line end").isZero();
    }

    @Test
    void a_forged_one_is_signed_with_another_key() throws Exception {
        String key = Surroundings.JSON.readTree(issued).path("key").asText();
        Path trusted = folder.resolve("signing.key");
        Files.writeString(trusted, "private half\n" + key + "\n");
        assertThat(verify("--key", trusted.toString()).exit()).isZero();

        ObjectNode forged = (ObjectNode) Surroundings.JSON.readTree(issued);
        KeyPair own = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        forged.put("executedAt", "2020-01-01T00:00:00Z");
        forged.remove("signature");
        forged.put("key", Base64.getEncoder().encodeToString(own.getPublic().getEncoded()));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(own.getPrivate());
        signature.update(Api.bytes(forged));
        forged.put("signature", Base64.getEncoder().encodeToString(signature.sign()));
        Files.write(file, Api.bytes(forged));

        assertThat(verify().exit()).as("genuine, by its own key").isZero();
        Typed typed = verify("--key", trusted.toString());
        assertThat(typed.exit()).isEqualTo(3);
        assertThat(typed.out()).startsWith("It is signed with another key than the trusted one.");
    }

    @Test
    void a_file_that_is_not_there_is_said() {
        Typed typed = Typed.command(
                Map.of(), "certificate", "verify", folder.resolve("none").toString());
        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err()).contains("cannot be read");
    }

    @Test
    void it_can_be_told_in_json() throws Exception {
        ObjectNode answer = (ObjectNode)
                Surroundings.JSON.readTree(verify("--player", "bert", "--json").out());
        assertThat(answer.get("holds").booleanValue()).isTrue();
        assertThat(answer.at("/certificate/requestId").textValue()).endsWith("7");
    }

    private Typed verify(String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "certificate";
        arguments[1] = "verify";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Typed.command(Map.of(), arguments);
    }
}
