package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestBrowser;
import io.gamemetrics.infrastructure.testkit.TestPage;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The editor as a person meets it; what it looked like lies in {@code target/screenshots}. */
@Tag(TestBrowser.TAG)
class GraphiqlInBrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String ANSWER = "document.querySelector('.result-window')?.innerText";
    private static final String EDITOR = "document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror";
    private static final int ENTER = 13;
    private static final int CTRL = 2;
    private static QueryService service;
    private static TestBrowser browser;

    private TestPage page;

    @BeforeAll
    static void start() {
        service = QueryService.start(Map.of("gamemetrics.allowed-origins", "https://studio.example"));
        browser = TestBrowser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        service.close();
    }

    @BeforeEach
    void open() {
        page = browser.page();
    }

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void a_person_gives_a_token_asks_with_the_keyboard_and_sees_the_answer() {
        page.go(address("/graphiql"));
        page.await(EDITOR + " && document.activeElement.id === 'token'");
        page.await("document.getElementById('state').innerText.includes('enter a token')");
        page.screenshot(SCREENSHOTS.resolve("graphiql-without-token.png"));

        page.type(QueryService.token("intendo", Role.ANALYST));
        page.press("Enter", ENTER, 0);
        page.await("document.getElementById('state').innerText === 'Signed in.'");
        page.await("document.activeElement.closest('.graphiql-query-editor')");
        page.press("Enter", ENTER, CTRL);
        page.await(ANSWER + "?.includes('\"totalMicros\": \"9007199254740994\"')");
        page.screenshot(SCREENSHOTS.resolve("graphiql-light.png"));

        assertThat(page.requests())
                .allMatch(request -> request.startsWith(address("/")) || request.startsWith("data:"));
        assertThat(page.evaluate("location.href + JSON.stringify(localStorage)").asText())
                .doesNotContain(QueryService.token("intendo", Role.ANALYST).substring(0, 20));
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void it_is_as_dark_as_the_person_likes_it_and_fits_a_small_window() {
        page.prefersDark(true);
        page.size(420, 800);
        page.go(address("/graphiql") + "#token=" + QueryService.token("intendo", Role.ANALYST));
        page.await("document.getElementById('state').innerText === 'Signed in.'");
        page.await("document.activeElement.closest('.graphiql-query-editor')");
        page.press("Enter", ENTER, CTRL);
        page.await(ANSWER + "?.includes('totalMicros')");
        page.screenshot(SCREENSHOTS.resolve("graphiql-dark-small.png"));
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor")
                        .asText())
                .isEqualTo("rgb(29, 34, 48)");
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                        .asBoolean())
                .isTrue();
        assertThat(page.evaluate("location.hash").asText()).isEmpty();
        page.size(1280, 800);
        page.await("innerWidth === 1280");
        page.screenshot(SCREENSHOTS.resolve("graphiql-dark.png"));
    }

    @Test
    void a_subscription_is_followed_where_a_query_would_be_asked() {
        page.go(address("/graphiql") + "#token=" + QueryService.token("intendo", Role.ANALYST));
        page.await("document.getElementById('state').innerText === 'Signed in.'");
        page.await("document.activeElement.closest('.graphiql-query-editor')");
        page.evaluate(EDITOR + ".setValue('subscription { events(gameId: \"intendo\", sampleMax: 0) { position } }')");
        page.press("Enter", ENTER, CTRL);
        page.await(ANSWER + "?.includes('sampleMax must be 1 to 1000')");
    }

    @Test
    void a_token_that_is_not_valid_is_said_to_be_so() {
        page.go(address("/graphiql") + "#token=nonsense");
        page.await("document.getElementById('state').innerText === 'This token is not valid.'");
        page.screenshot(SCREENSHOTS.resolve("graphiql-refused.png"));
    }

    @Test
    void a_page_of_another_origin_reads_an_answer_only_where_that_origin_is_allowed() {
        // Same machine, other name: another origin, which was not allowed.
        page.go("http://localhost:" + service.port() + "/graphiql");
        page.await(EDITOR);
        assertThat(page.evaluate(
                                "fetch('" + address("/graphql") + "', {method: 'POST', headers: {Authorization:"
                                        + " 'Bearer x', 'Content-Type': 'application/json'}, body: '{}'}).then(() => 'read', () => 'kept')")
                        .asText())
                .isEqualTo("kept");
    }

    private static String address(String path) {
        return "http://127.0.0.1:" + service.port() + path;
    }
}
