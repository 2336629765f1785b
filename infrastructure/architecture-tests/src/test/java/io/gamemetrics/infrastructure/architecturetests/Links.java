package io.gamemetrics.infrastructure.architecturetests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The links of the Markdown documents. A relative link must lead to a file or folder of the repository; what follows
 * {@code #} must be a heading of that document, or a word of that source: the class or method that is meant.
 */
final class Links {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");

    private Links() {}

    /** One line a link that leads nowhere, beginning with the document. */
    static List<String> leadingNowhere(Repository repository) throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : repository.files(".md")) {
            String text = CODE_BLOCK.matcher(repository.read(document)).replaceAll("");
            Matcher links = LINK.matcher(text);
            while (links.find()) {
                String link = links.group(1);
                if (!link.contains("://") && !leadsSomewhere(repository, document, link)) {
                    broken.add(document + ": " + link);
                }
            }
        }
        return broken;
    }

    private static boolean leadsSomewhere(Repository repository, Path document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        if (!Files.exists(repository.root().resolve(target))) {
            return false;
        }
        return parts.length == 1 || holds(repository.read(target), target, parts[1]);
    }

    private static boolean holds(String text, Path target, String what) {
        if (target.toString().endsWith(".md")) {
            return HEADING.matcher(text).results().anyMatch(heading -> anchor(heading.group(1))
                    .equals(what));
        }
        return Pattern.compile("\\b" + Pattern.quote(what) + "\\b")
                .matcher(text)
                .find();
    }

    /** The anchor that GitHub gives a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
