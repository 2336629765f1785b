package io.gamemetrics.infrastructure.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** Who may call, the limits of a request, and how errors look: put together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebSettings.class)
@Import({ProblemAdvice.class, CallerArgument.class})
class WebSecurity {

    private static final String HEALTH = "/actuator/health";
    private static final String SCRAPE = "/actuator/prometheus";
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    @Bean
    Faults faults(ObjectProvider<KnownFailures> known) {
        return new Faults(failure -> known.stream().anyMatch(failures -> failures.passes(failure)));
    }

    @Bean
    Problems problems(ObjectMapper json, ObjectProvider<ProblemMembers> additions) {
        return new Problems(json, additions.orderedStream().toList());
    }

    @Bean
    PeopleTokens peopleTokens(WebSettings settings, ServerProperties server) {
        InetAddress address = server.getAddress();
        return new PeopleTokens(settings, address != null && address.isLoopbackAddress());
    }

    @Bean
    Identities identities(PeopleTokens people, ApiKeys keys) {
        return new Identities(people, keys);
    }

    @Bean
    FilterRegistrationBean<EdgeFilter> edgeFilter(Problems problems, Faults faults, WebSettings settings) {
        FilterRegistrationBean<EdgeFilter> registration =
                new FilterRegistrationBean<>(new EdgeFilter(problems, faults, settings.maxConcurrentRequests()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(Problems problems, WebSettings settings) {
        return new FilterRegistrationBean<>(
                new BodyLimitFilter(settings.maxBody().toBytes(), problems));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof org.apache.catalina.core.StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        });
    }

    /** Asked before the chain of everything else. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain scrapes(HttpSecurity http, Identities identities, Problems problems, WebSettings settings)
            throws Exception {
        http.securityMatcher(PathPatternRequestMatcher.withDefaults().matcher(SCRAPE))
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(
                        new ScrapeFilter(settings.scrapeToken(), identities, problems), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        return http.build();
    }

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            Identities identities,
            Problems problems,
            WebSettings settings,
            ObjectProvider<PublicPages> publicPages,
            ObjectProvider<OpenHandshakes> openHandshakes)
            throws Exception {
        List<PublicPages> pages = publicPages.orderedStream().toList();
        http.csrf(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .cors(cors -> cors.configurationSource(origins(settings)))
                .headers(headers -> headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .addHeaderWriter(contentSecurityPolicy(pages)))
                .addFilterBefore(new BearerFilter(identities, problems), AuthorizationFilter.class)
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, _) ->
                                problems.write(request, response, new Refusal(RequestProblem.AUTHENTICATION_MISSING)))
                        .accessDeniedHandler((request, response, _) ->
                                problems.write(request, response, new Refusal(RequestProblem.FORBIDDEN))))
                .authorizeHttpRequests(requests -> {
                    requests.requestMatchers(HEALTH).permitAll();
                    pages.forEach(
                            page -> requests.requestMatchers(matcher(page)).permitAll());
                    openHandshakes.orderedStream().forEach(handshakes -> requests.requestMatchers(matcher(handshakes))
                            .permitAll());
                    requests.anyRequest().authenticated();
                });
        return http.build();
    }

    private static UrlBasedCorsConfigurationSource origins(WebSettings settings) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(settings.allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of("Authorization", "Content-Type", "Content-Encoding", "Accept"));
        cors.setExposedHeaders(List.of("Retry-After", "RateLimit", "RateLimit-Policy", "WWW-Authenticate"));
        cors.setMaxAge(600L);
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        return source;
    }

    private static HeaderWriter contentSecurityPolicy(List<PublicPages> pages) {
        HeaderWriter nothing = policy(NOTHING);
        record Page(RequestMatcher matcher, HeaderWriter writer) {}
        List<Page> writers = pages.stream()
                .map(page -> new Page(matcher(page), policy(page.contentSecurityPolicy())))
                .toList();
        return (request, response) -> writers.stream()
                .filter(page -> page.matcher().matches(request))
                .findFirst()
                .map(Page::writer)
                .orElse(nothing)
                .writeHeaders(request, response);
    }

    private static HeaderWriter policy(String policy) {
        return new StaticHeadersWriter("Content-Security-Policy", Objects.requireNonNull(policy));
    }

    private static RequestMatcher matcher(OpenHandshakes handshakes) {
        RequestMatcher path = PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, handshakes.path());
        return request -> "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE)) && path.matches(request);
    }

    private static RequestMatcher matcher(PublicPages page) {
        PathPatternRequestMatcher.Builder builder = PathPatternRequestMatcher.withDefaults();
        return new OrRequestMatcher(page.patterns().stream()
                .map(p -> (RequestMatcher) builder.matcher(p))
                .toList());
    }
}
