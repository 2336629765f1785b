package io.gamemetrics.infrastructure.architecturetests;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.List;

/** The table of the architecture's document, one rule a row. */
final class WhoMayUseWhom {

    private static final String[] AXON = {"org.axonframework.."};
    private static final String[] KAFKA = {"org.apache.kafka..", "org.springframework.kafka.."};
    private static final String[] STORE_CLIENTS = {
        "io.lettuce..", "redis.clients..", "io.qdrant..", "org.roaringbitmap.."
    };

    private static final String[] SPRING_DATA_REDIS = {"org.springframework.data.redis..", "org.springframework.dao.."};

    private WhoMayUseWhom() {}

    static final List<Rule> RULES = List.of(
            new Rule(
                    "The kernel uses the JDK and JSpecify only",
                    List.of("sharedkernel"),
                    "sharedkernel.UsesAxon",
                    in -> classes()
                            .that()
                            .resideInAPackage(in.apply("sharedkernel.."))
                            .should()
                            .onlyDependOnClassesThat()
                            .resideInAnyPackage("java..", "org.jspecify..", in.apply("sharedkernel.."))),
            new Rule(
                    "Libraries of the infrastructure know no game word and no service",
                    List.of(
                            "infrastructure.eventstore",
                            "infrastructure.eventstream",
                            "infrastructure.privacy",
                            "infrastructure.readstore",
                            "infrastructure.web"),
                    "infrastructure.eventstore.KnowsAnEvent",
                    in -> noClasses()
                            .that()
                            .resideInAnyPackage(
                                    in.apply("infrastructure.eventstore.."),
                                    in.apply("infrastructure.eventstream.."),
                                    in.apply("infrastructure.privacy.."),
                                    in.apply("infrastructure.readstore.."),
                                    in.apply("infrastructure.web.."))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    in.apply("sharedkernel.game.."),
                                    in.apply("sharedkernel.player.."),
                                    in.apply("sharedkernel.money.."),
                                    in.apply("commandside.."),
                                    in.apply("projections.."),
                                    in.apply("queryside.."))),
            new Rule(
                    "The event catalog knows no service, no Kafka and no Axon",
                    List.of("infrastructure.eventcatalog"),
                    "infrastructure.eventcatalog.KnowsAService",
                    in -> noClasses()
                            .that()
                            .resideInAPackage(in.apply("infrastructure.eventcatalog.."))
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(
                                            in.apply("commandside.."),
                                            in.apply("projections.."),
                                            in.apply("queryside.."),
                                            in.apply("infrastructure.eventstream.."),
                                            in.apply("infrastructure.web.."))
                                    .or(resideInAnyPackage(KAFKA))
                                    .or(resideInAnyPackage(AXON)))),
            new Rule(
                    "The command side reads no read model",
                    List.of("commandside"),
                    "commandside.ReadsAReadModel",
                    in -> noClasses()
                            .that()
                            .resideInAPackage(in.apply("commandside.."))
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(in.apply("projections.."), in.apply("queryside.."))
                                    .or(resideInAnyPackage(STORE_CLIENTS)))),
            new Rule(
                    "A store knows no Axon, no Kafka, no Spring but a store's client, and no event",
                    List.of(
                            "projections.metricsstore",
                            "projections.gamesstore",
                            "projections.leaderboardsstore",
                            "projections.livetailstore",
                            "projections.playersstore",
                            "projections.recommendationsstore"),
                    "projections.metricsstore.KnowsAnEvent",
                    in -> noClasses()
                            .that()
                            .resideInAPackage(in.apply("projections.*store.."))
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(AXON)
                                    .or(resideInAnyPackage(KAFKA))
                                    .or(resideInAPackage("org.springframework..")
                                            .and(not(resideInAnyPackage(SPRING_DATA_REDIS))))
                                    .or(resideInAnyPackage(
                                            in.apply("projections.runtime.."), in.apply("infrastructure.event*..")))
                                    .or(Events.under(in)))),
            new Rule(
                    "Only the leaderboards' store has its client from Spring",
                    List.of("projections.leaderboardsstore"),
                    "projections.metricsstore.HasItsClientFromSpring",
                    in -> noClasses()
                            .that()
                            .resideInAPackage(in.apply("projections.*store.."))
                            .and()
                            .resideOutsideOfPackage(in.apply("projections.leaderboardsstore.."))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(SPRING_DATA_REDIS)),
            new Rule(
                    "Only the recommendations' store knows Qdrant and Lucene, and only where it keeps vectors",
                    List.of("projections.recommendationsstore.vectors"),
                    "projections.metricsstore.SearchesVectors",
                    in -> noClasses()
                            .that()
                            .resideOutsideOfPackage(in.apply("projections.recommendationsstore.vectors.."))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("io.qdrant..", "io.grpc..", "org.apache.lucene..")),
            new Rule(
                    "Stores are strangers to one another",
                    List.of(
                            "projections.metricsstore",
                            "projections.gamesstore",
                            "projections.leaderboardsstore",
                            "projections.livetailstore",
                            "projections.playersstore",
                            "projections.recommendationsstore"),
                    "projections.gamesstore.KnowsTheOtherStore",
                    in -> slices().matching(in.apply("projections.(*store).."))
                            .should()
                            .notDependOnEachOther()),
            new Rule(
                    "A projection knows no command side and no query side",
                    List.of(
                            "projections.runtime",
                            "projections.metrics",
                            "projections.games",
                            "projections.livetail",
                            "projections.players",
                            "projections.leaderboards",
                            "projections.recommendations"),
                    "projections.metrics.KnowsTheCommandSide",
                    in -> noClasses()
                            .that()
                            .resideInAPackage(in.apply("projections.."))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(in.apply("commandside.."), in.apply("queryside.."))),
            new Rule(
                    "Projections are strangers to one another; only a process knows which run in it",
                    List.of(
                            "projections.metrics",
                            "projections.games",
                            "projections.leaderboards",
                            "projections.livetail",
                            "projections.players",
                            "projections.recommendations"),
                    "projections.metrics.KnowsTheOtherProjection",
                    in -> slices().matching(in.apply("projections.(*).."))
                            .should()
                            .notDependOnEachOther()
                            .ignoreDependency(simpleNameEndingWith("Service"), alwaysTrue())
                            .ignoreDependency(
                                    alwaysTrue(),
                                    resideInAnyPackage(
                                            in.apply("projections.runtime.."),
                                            in.apply("projections.service.."),
                                            in.apply("projections.*store..")))),
            new Rule(
                    "The query side knows Readers: no Writer, no Axon, no Kafka, no event, no command side",
                    List.of("queryside"),
                    "queryside.WritesToAStore",
                    in -> noClasses()
                            .that()
                            .resideInAPackage(in.apply("queryside.."))
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(AXON)
                                    .or(resideInAnyPackage(KAFKA))
                                    .or(resideInAnyPackage(
                                            in.apply("commandside.."), in.apply("infrastructure.event*..")))
                                    .or(resideInAPackage(in.apply("projections.."))
                                            .and(not(resideInAPackage(in.apply("projections.*store..")))))
                                    .or(resideInAPackage(in.apply("projections.."))
                                            .and(simpleNameEndingWith("Writer")))
                                    .or(Events.under(in)))),
            new Rule(
                    "The query side looks up in the vault and makes nothing there",
                    List.of("queryside", "infrastructure.privacy"),
                    "queryside.OpensTheVault",
                    in -> noClasses()
                            .that()
                            .resideInAPackage(in.apply("queryside.."))
                            .should()
                            .dependOnClassesThat(resideInAPackage(in.apply("infrastructure.privacy.."))
                                    .and(simpleNameEndingWith("Vault")))),
            new Rule(
                    "Nobody depends on the platform or the command line",
                    List.of("infrastructure.platform", "infrastructure.cli"),
                    "queryside.StartsThePlatform",
                    in -> noClasses()
                            .that()
                            .resideOutsideOfPackages(
                                    in.apply("infrastructure.platform.."), in.apply("infrastructure.cli.."))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    in.apply("infrastructure.platform.."), in.apply("infrastructure.cli.."))),
            new Rule(
                    "The command line speaks HTTP and knows no other module",
                    List.of("infrastructure.cli"),
                    "infrastructure.cli.ReachesInside",
                    in -> noClasses()
                            .that()
                            .resideInAPackage(in.apply("infrastructure.cli.."))
                            .should()
                            .dependOnClassesThat(resideInAPackage(in.apply("."))
                                    .and(not(resideInAPackage(in.apply("infrastructure.cli..")))))));
}
