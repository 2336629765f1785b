package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void cellsAreQuotedAndWhatIsAbsentIsEmpty() {
        assertThat(Csv.header(List.of("a", "b"))).isEqualTo("\"a\",\"b\"\r\n");
        assertThat(Csv.line(List.of("a", "b", "c"), Map.of("a", "say \"hi\",\nyou", "c", 7)))
                .isEqualTo("\"say \"\"hi\"\",\nyou\",\"\",\"7\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@cmd", "\t=1", "\r=1"})
    void noTextIsAFormula(String text) {
        assertThat(Csv.line(List.of("a"), Map.of("a", text))).isEqualTo("\"'" + text + "\"\r\n");
    }

    @Test
    void aNumberStaysOneAndPartsAreJson() {
        assertThat(Csv.line(List.of("a", "b", "c"), Map.of("a", -5, "b", List.of("x", 1), "c", Map.of("k", "v"))))
                .isEqualTo("\"-5\",\"[\"\"x\"\",1]\",\"{\"\"k\"\":\"\"v\"\"}\"\r\n");
    }
}
