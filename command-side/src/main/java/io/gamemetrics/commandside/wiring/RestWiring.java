package io.gamemetrics.commandside.wiring;

import io.gamemetrics.commandside.documents.DocumentsRestApi;
import io.gamemetrics.commandside.game.GameRestApi;
import io.gamemetrics.commandside.game.KeyRestApi;
import io.gamemetrics.commandside.ingestion.EventsRestApi;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What answers HTTP. */
@Configuration(proxyBeanMethods = false)
@Import({GameRestApi.class, KeyRestApi.class, EventsRestApi.class, DocumentsRestApi.class})
public class RestWiring {}
