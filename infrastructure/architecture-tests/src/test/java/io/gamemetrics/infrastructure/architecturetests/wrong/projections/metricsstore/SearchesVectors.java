package io.gamemetrics.infrastructure.architecturetests.wrong.projections.metricsstore;

import org.apache.lucene.search.IndexSearcher;

abstract class SearchesVectors {
    abstract IndexSearcher searcher();
}
