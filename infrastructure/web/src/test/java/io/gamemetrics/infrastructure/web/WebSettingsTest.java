package io.gamemetrics.infrastructure.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class WebSettingsTest {

    @Test
    void a_provider_is_configured_in_the_environment() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of(
                                "GAMEMETRICS_OIDC_ISSUER", "https://id.studio.example",
                                "GAMEMETRICS_OIDC_JWKS_URI", "https://id.studio.example/keys",
                                "GAMEMETRICS_OIDC_AUDIENCE", "gamemetrics")));
        ConfigurationPropertySources.attach(environment);
        WebSettings settings =
                Binder.get(environment).bind("gamemetrics", WebSettings.class).get();
        assertThat(settings.oidc())
                .isEqualTo(new WebSettings.Oidc(
                        "https://id.studio.example", "https://id.studio.example/keys", "gamemetrics"));
    }
}
