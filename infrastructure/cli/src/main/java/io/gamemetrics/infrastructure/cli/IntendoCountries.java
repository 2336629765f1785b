package io.gamemetrics.infrastructure.cli;

import java.util.Map;

/** The countries as intendo names them, and their ISO 3166-1 codes. */
final class IntendoCountries {

    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("Australia", "AU"),
            Map.entry("Austria", "AT"),
            Map.entry("Canada", "CA"),
            Map.entry("China", "CN"),
            Map.entry("Denmark", "DK"),
            Map.entry("Egypt", "EG"),
            Map.entry("France", "FR"),
            Map.entry("Germany", "DE"),
            Map.entry("Hong Kong", "HK"),
            Map.entry("India", "IN"),
            Map.entry("Japan", "JP"),
            Map.entry("Mexico", "MX"),
            Map.entry("Norway", "NO"),
            Map.entry("Philippines", "PH"),
            Map.entry("Portugal", "PT"),
            Map.entry("Russia", "RU"),
            Map.entry("South Africa", "ZA"),
            Map.entry("South Korea", "KR"),
            Map.entry("Spain", "ES"),
            Map.entry("Sweden", "SE"),
            Map.entry("Switzerland", "CH"),
            Map.entry("United Kingdom", "GB"),
            Map.entry("United States", "US"));

    private IntendoCountries() {}

    static String code(String name) {
        String code = CODES.get(name);
        if (code == null) {
            throw new CommandEndedException(
                    Exit.FAILED,
                    "The country \"" + name + "\" is not in the table of intendo's countries: nothing was sent.");
        }
        return code;
    }
}
