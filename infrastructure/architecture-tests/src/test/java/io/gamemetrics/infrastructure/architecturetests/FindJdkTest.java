package io.gamemetrics.infrastructure.architecturetests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script behind every target of the Makefile, on made-up machines: folders that look like JDKs. */
class FindJdkTest {

    @TempDir
    Path machine;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aMachineWithoutAnyJdk() throws IOException {
        Path tools = Files.createDirectories(machine.resolve("bin"));
        program(tools.resolve("readlink"), "#!/bin/sh\nPATH=/usr/bin:/bin exec readlink \"$@\"\n");
        environment.put("GAMEMETRICS_JDK_ROOT", machine.toString());
        environment.put("HOME", machine.resolve("home").toString());
        environment.put("PATH", tools.toString());
    }

    @Test
    void withoutAnyItSaysInOneSentenceWhatToDo() throws Exception {
        Answer answer = find();

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.output()).isEmpty();
        assertThat(answer.error().lines()).singleElement().asString().contains("No JDK 25", "install one", "JAVA_HOME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/lib/jvm/temurin-25-jdk-amd64",
                "opt/jdk-25.0.1",
                "home/.sdkman/candidates/java/25.0.1-tem",
                "home/.jdks/openjdk-25",
                "home/.asdf/installs/java/temurin-25.0.1+8",
                "home/.local/share/mise/installs/java/25",
                "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
                "home/Library/Java/JavaVirtualMachines/a name with spaces/Contents/Home",
                "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home"
            })
    void aJdkInAUsualPlaceIsFoundAmongOthers(String place) throws Exception {
        jdk(machine.resolve("usr/lib/jvm/java-17"), "17.0.15");
        jdk(machine.resolve("home/.jdks/openjdk-26"), "26");
        Path fitting = jdk(machine.resolve(place), "25.0.1");

        assertThat(find()).isEqualTo(new Answer(0, fitting + "\n", ""));
    }

    @Test
    void javaHomeComesBeforePathAndPathBeforeTheUsualPlaces() throws Exception {
        Path usual = jdk(machine.resolve("usr/lib/jvm/a"), "25");
        assertThat(find().output()).isEqualTo(usual + "\n");

        Path onPath = jdk(machine.resolve("path/b"), "25");
        environment.merge("PATH", onPath + "/bin", (tools, bin) -> tools + ":" + bin);
        assertThat(find().output()).isEqualTo(onPath + "\n");

        Path javaHome = jdk(machine.resolve("own/c"), "25.0.2");
        environment.put("JAVA_HOME", javaHome.toString());
        assertThat(find().output()).isEqualTo(javaHome + "\n");
    }

    @Test
    void aJavaHomeOfAnotherVersionIsPassedOver() throws Exception {
        environment.put("JAVA_HOME", jdk(machine.resolve("own/17"), "17.0.15").toString());
        Path fitting = jdk(machine.resolve("opt/25"), "25");

        assertThat(find().output()).isEqualTo(fitting + "\n");
    }

    @Test
    void aCompilerThatIsAChainOfLinksOnPathLeadsToItsJdk() throws Exception {
        Path fitting = jdk(machine.resolve("elsewhere/25"), "25");
        Path alternative = Files.createDirectories(machine.resolve("etc/alternatives"));
        Files.createSymbolicLink(alternative.resolve("javac"), fitting.resolve("bin/javac"));
        Files.createSymbolicLink(machine.resolve("bin/javac"), Path.of("../etc/alternatives/javac"));

        assertThat(find().output()).isEqualTo(fitting + "\n");
    }

    @Test
    void aRuntimeWithoutACompilerIsNoJdk() throws Exception {
        Path runtime = jdk(machine.resolve("usr/lib/jvm/jre-25"), "25");
        Files.delete(runtime.resolve("bin/javac"));

        assertThat(find().exitCode()).isEqualTo(1);
    }

    private static Path jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        program(home.resolve("bin/java"), "");
        program(home.resolve("bin/javac"), "");
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        return home;
    }

    private static void program(Path file, String text) throws IOException {
        assertThat(Files.writeString(file, text).toFile().setExecutable(true)).isTrue();
    }

    private Answer find() throws IOException, InterruptedException {
        Path script = Repository.here().root().resolve(".mvn/find-jdk.sh");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), output, error);
    }

    private record Answer(int exitCode, String output, String error) {}
}
