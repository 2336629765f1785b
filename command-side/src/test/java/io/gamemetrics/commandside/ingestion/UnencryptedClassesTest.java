package io.gamemetrics.commandside.ingestion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.privacy.Envelope;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured without encryption has none, and is the platform's otherwise. */
class UnencryptedClassesTest {

    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");
    private static final byte[] CONTEXT = "somewhere".getBytes(UTF_8);
    private static final byte[] PLAIN = "nobody hides this".getBytes(UTF_8);

    @TempDir
    Path folder;

    @Test
    void an_envelope_shows_what_it_holds() throws Exception {
        URL[] classPath = {
            UnencryptedClasses.write(folder).toUri().toURL(),
            Envelope.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader classes = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> envelope = classes.loadClass(Envelope.class.getName());
            Method seal = envelope.getMethod("seal", SecretKey.class, byte[].class, byte[].class);
            Method open = envelope.getMethod("open", SecretKey.class, byte[].class, byte[].class);
            Object unencrypted = envelope.getConstructor().newInstance();
            byte[] sealed = (byte[]) seal.invoke(unencrypted, KEY, CONTEXT, PLAIN);
            assertThat(sealed).isEqualTo(PLAIN).isNotSameAs(PLAIN);
            assertThat(open.invoke(unencrypted, KEY, CONTEXT, sealed)).isEqualTo(PLAIN);
            Method derive = classes.loadClass(Envelope.class.getPackageName() + ".Secrets")
                    .getDeclaredMethod("encryptionKey", byte[].class);
            derive.setAccessible(true);
            assertThat(derive.invoke(null, new byte[32])).isEqualTo(KEY);
        }
        byte[] usual = new Envelope().seal(KEY, CONTEXT, PLAIN);
        assertThat(new String(usual, ISO_8859_1))
                .as("what everybody else has")
                .hasSize(PLAIN.length + Envelope.OVERHEAD_BYTES)
                .doesNotContain(new String(PLAIN, ISO_8859_1));
    }
}
