package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignerTest {

    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    Path folder;

    @Test
    void whatOneProcessSignsChecksWithTheKeyOfAnother() throws Exception {
        Signer signer = KeyDirectory.at(folder).signer();
        byte[] signed = signer.sign(MESSAGE);

        byte[] key = KeyDirectory.at(folder).signer().publicKey();

        assertThat(key).isEqualTo(signer.publicKey());
        assertThat(verifies(key, MESSAGE, signed)).isTrue();
        assertThat(verifies(key, new byte[] {1, 2, 4}, signed)).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("signing.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyThatIsNoneIsSaidWithOneSentenceAndStays() throws Exception {
        Files.writeString(folder.resolve("signing.key"), "x\ny\n");
        assertThatThrownBy(() -> KeyDirectory.at(folder).signer())
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("put its copy back");
        assertThat(Files.readString(folder.resolve("signing.key"))).isEqualTo("x\ny\n");
    }

    @Test
    void theFirstCertificateOfARequestIsTheOne() {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(TestPostgres.newDatabase());
            Certificates certificates =
                    PostgresVault.open(database, KeyDirectory.at(folder)).certificates();
            UUID request = UUID.randomUUID();
            assertThat(certificates.find(request)).isEmpty();
            assertThat(certificates.keep(request, new byte[] {1})).containsExactly(1);
            assertThat(certificates.keep(request, new byte[] {2})).containsExactly(1);
            assertThat(certificates.find(request)).contains(new byte[] {1});
        }
    }

    private static boolean verifies(byte[] key, byte[] message, byte[] signed) throws Exception {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
        signature.update(message);
        return signature.verify(signed);
    }
}
