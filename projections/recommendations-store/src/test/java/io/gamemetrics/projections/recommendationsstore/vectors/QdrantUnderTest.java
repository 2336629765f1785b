package io.gamemetrics.projections.recommendationsstore.vectors;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The most real Qdrant there is: one that the environment names, one in Docker, or the double. Says which it is. */
record QdrantUnderTest(QdrantAddress address, Runnable stop) {

    /** Of the client's own minor version. */
    private static final DockerImageName IMAGE = DockerImageName.parse("qdrant/qdrant:v1.18.0");

    static QdrantUnderTest start() {
        String named = System.getenv("GAMEMETRICS_QDRANT_URL");
        if (named != null) {
            System.out.println("The contract of vectors is run against the REAL Qdrant at " + named);
            return new QdrantUnderTest(new QdrantAddress(named, System.getenv("GAMEMETRICS_QDRANT_API_KEY")), () -> {});
        }
        return DockerClientFactory.instance().isDockerAvailable() ? inDocker() : ofDouble("there is no Docker");
    }

    private static QdrantUnderTest inDocker() {
        GenericContainer<?> container = new GenericContainer<>(IMAGE).withExposedPorts(QdrantAddress.PORT);
        try {
            container.start();
        } catch (RuntimeException e) {
            container.close();
            return ofDouble(IMAGE + " does not start in Docker");
        }
        System.out.println("The contract of vectors is run against a REAL Qdrant in Docker: " + IMAGE);
        String url = "http://" + container.getHost() + ":" + container.getMappedPort(QdrantAddress.PORT);
        return new QdrantUnderTest(new QdrantAddress(url, null), container::close);
    }

    private static QdrantUnderTest ofDouble(String why) {
        System.out.println(
                "The contract of vectors is run against a DOUBLE of Qdrant: GAMEMETRICS_QDRANT_URL is not set and "
                        + why + ". What Qdrant itself does stays unproven.");
        QdrantDouble stands = QdrantDouble.start();
        return new QdrantUnderTest(new QdrantAddress(stands.url(), null), stands::close);
    }
}
