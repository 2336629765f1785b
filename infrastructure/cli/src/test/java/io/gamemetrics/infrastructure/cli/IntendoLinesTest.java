package io.gamemetrics.infrastructure.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntendoLinesTest {

    private static final String REVENUE =
            "player_id,session_id,session_start,time,item_type,item_name,item_revenue,session_duration,start_day,acquisition,country\n";
    private static final String SESSIONS =
            "player_id,session_id,session_start,session_duration,n_iap,n_ads,rev_iap,rev_ads,rev_all\n";
    private static final String PURCHASE =
            "P1,P1-a,2015-01-01T01:45:33Z,2015-01-01T01:56:51Z,iap,gold4,13.993,12.8,2015-01-01,organic,United States\n";

    @TempDir
    Path folder;

    @Test
    void aRowOfEachKindBecomesItsEvents() throws Exception {
        write(
                "all_revenue.csv.gz",
                REVENUE + PURCHASE
                        + "P1,P1-a,2015-01-01T01:45:33Z,2015-01-01T01:57:00Z,ad,ad_5sec,0.06,12.8,2015-01-01,organic,United States\n");
        write("all_sessions.csv.gz", SESSIONS + "P1,P1-a,2015-01-01T01:45:33Z,12.8,1,1,13.993,0.06,14.053\n");
        assertThat(lines()).containsExactly("""
                {"eventId":"reg-000001","type":"player_registered","playerId":"P1","occurredAt":"2015-01-01T01:45:33Z","country":"US","acquisition":"organic"}""", """
                {"eventId":"ses-000001","type":"session_started","playerId":"P1","sessionId":"P1-a","occurredAt":"2015-01-01T01:45:33Z","country":"US"}""", """
                {"eventId":"rev-000001","type":"purchase","playerId":"P1","sessionId":"P1-a","occurredAt":"2015-01-01T01:56:51Z","country":"US","itemId":"gold4","itemType":"iap","amountMicros":13993000,"currency":"USD"}""", """
                {"eventId":"rev-000002","type":"ad_viewed","playerId":"P1","sessionId":"P1-a","occurredAt":"2015-01-01T01:57:00Z","country":"US","network":"unknown","placement":"ad_5sec","revenueMicros":60000,"currency":"USD"}""", """
                {"eventId":"ses-000001-end","type":"session_ended","playerId":"P1","sessionId":"P1-a","occurredAt":"2015-01-01T01:58:21Z","country":"US","durationMillis":768000}""");
    }

    @Test
    void identicalRowsAreDifferentEvents() throws Exception {
        write("all_revenue.csv.gz", REVENUE + PURCHASE + PURCHASE);
        write("all_sessions.csv.gz", SESSIONS);
        assertThat(lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("rev-000001"))
                .anyMatch(line -> line.contains("rev-000002"));
    }

    @Test
    void ofAPlayerWithoutRevenueRowsNothingIsInvented() throws Exception {
        write("all_revenue.csv.gz", REVENUE);
        write("all_sessions.csv.gz", SESSIONS + "P2,P2-a,2015-01-01T01:45:33Z,3.1,0,0,0,0,0\n");
        assertThat(lines()).hasSize(2).noneMatch(line -> line.contains("country") || line.contains("acquisition"));
    }

    @Test
    void anUnknownCountryIsNotGuessed() throws Exception {
        write("all_revenue.csv.gz", REVENUE + PURCHASE.replace("United States", "Atlantis"));
        write("all_sessions.csv.gz", SESSIONS);
        assertThatThrownBy(this::lines)
                .hasMessage("The country \"Atlantis\" is not in the table of intendo's countries: nothing was sent.");
    }

    private List<String> lines() throws IOException {
        List<String> all = new ArrayList<>();
        try (EventLines lines = IntendoLines.of(folder)) {
            byte[] line;
            while ((line = lines.next()) != null) {
                all.add(new String(line, StandardCharsets.UTF_8));
            }
        }
        return all;
    }

    private void write(String name, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
