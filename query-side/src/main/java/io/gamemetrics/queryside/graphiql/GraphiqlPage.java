package io.gamemetrics.queryside.graphiql;

import io.gamemetrics.infrastructure.web.PublicPages;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The query editor, with everything it needs from this class path: it works on a machine without internet. The page
 * itself holds no data and is open; it asks for the token and sends it with each query.
 */
@RestController
@Configuration(proxyBeanMethods = false)
public class GraphiqlPage implements WebMvcConfigurer {

    private static final String OWN = "io/gamemetrics/queryside/graphiql/";
    private static final String WEBJARS = "classpath:/META-INF/resources/webjars/";

    /** The versions in the parent POM. */
    private static final List<String> LIBRARIES =
            List.of("graphiql/2.4.7/", "react/18.3.1/umd/", "react-dom/18.3.1/umd/");

    @GetMapping(path = "/graphiql", produces = "text/html;charset=UTF-8")
    Resource page() {
        return new ClassPathResource(OWN + "index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/graphiql/assets/**")
                .addResourceLocations("classpath:/" + OWN + "assets/")
                .addResourceLocations(LIBRARIES.stream().map(WEBJARS::concat).toArray(String[]::new))
                .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic());
    }

    @Bean
    PublicPages graphiql() {
        // The editor sets styles from its script; nothing comes from elsewhere.
        return new PublicPages(
                List.of("/graphiql", "/graphiql/assets/**"),
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                        + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
                        + "frame-ancestors 'none'");
    }
}
