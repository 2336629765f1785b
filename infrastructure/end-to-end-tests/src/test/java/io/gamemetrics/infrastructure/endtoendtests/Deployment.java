package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.infrastructure.testkit.ServiceProcess;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.LocalTokens;
import io.gamemetrics.infrastructure.web.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The services as separate processes on servers of their own, any number of each: what runs where the platform is
 * operated, and not only tried. The command line finds it as it finds a platform of {@code make run}.
 */
final class Deployment implements AutoCloseable {

    private final Backends backends;
    private final Map<String, List<ServiceProcess>> processes = new LinkedHashMap<>();
    private final FrontDoor frontDoor;
    private final Path data;
    private final String token;

    /**
     * Starts all of it at a time, into an empty folder, and waits until every process is healthy.
     *
     * @param services their names, each as often as it is to run
     */
    Deployment(Path folder, Programs programs, Collection<String> services) throws Exception {
        this.data = Files.createDirectories(folder.resolve("data"));
        this.backends = Backends.start(folder.resolve("servers"));
        String secret = LocalTokens.newSecret();
        Map<String, String> environment = new HashMap<>(backends.environment());
        environment.put("GAMEMETRICS_LOCAL_TOKEN_SECRET", secret);
        environment.put("GAMEMETRICS_DATA", data.toString());
        for (String service : services) {
            processes.computeIfAbsent(service, name -> new ArrayList<>()).add(programs.start(service, environment));
        }
        processes().forEach(ServiceProcess::untilHealthy);
        this.frontDoor = new FrontDoor(
                all("command-side").stream().map(ServiceProcess::port).toList());
        this.token = new LocalTokens(secret)
                .mint("test", Map.of(Caller.EVERY_GAME, Set.of(Role.ADMIN)), Duration.ofHours(12));
        letTheCommandLineFindIt();
    }

    private void letTheCommandLineFindIt() throws IOException {
        Files.writeString(data.resolve("credentials.json"), "{\"admin\":\"" + token + "\"}");
        Files.writeString(
                data.resolve("addresses.json"),
                "{\"commands\":\"" + frontDoor.address() + "\",\"queries\":\""
                        + all("query-side").getFirst().address() + "\"}");
    }

    CommandLine commandLine() {
        return new CommandLine(data);
    }

    /** Sends through the front door, and knows every query side. */
    Client client() {
        return Client.of(
                frontDoor.address(),
                all("query-side").stream().map(ServiceProcess::address).toList(),
                token);
    }

    Backends backends() {
        return backends;
    }

    /** The instances of a service. */
    List<ServiceProcess> all(String service) {
        return processes.getOrDefault(service, List.of());
    }

    FrontDoor frontDoor() {
        return frontDoor;
    }

    /** Everything that can be killed, and starts again as it was. */
    List<Victim> victims() {
        List<Victim> victims = new ArrayList<>(servers());
        processes().forEach(process -> victims.add(Victim.of(process)));
        return victims;
    }

    /** The servers among them. */
    List<Victim> servers() {
        return List.of(Victim.of(backends.postgres()), Victim.of(backends.kafka()), Victim.of(backends.redis()));
    }

    List<ServiceProcess> processes() {
        return processes.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public void close() throws IOException {
        frontDoor.close();
        processes().parallelStream().forEach(Deployment::end);
        backends.close();
    }

    private static void end(ServiceProcess process) {
        try {
            process.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a test's process", e);
        }
    }
}
