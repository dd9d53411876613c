package org.voyage.indicators.feature.published;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Column of a file of published statistics, with its heading. */
enum PublishedColumn {
    FIGURE("figure", true),
    PERIOD("period", true),
    VALUE("value", true),
    STATED_INCREMENT("stated_increment", false),
    UNIT("unit", true),
    RELATION("relation", false),
    SERVICE("service", true),
    DERIVATION("derivation", false),
    SOURCE_SECTION("source_section", false),
    PUBLISHED_ON("published_on", false),
    INDICATOR("indicator", false),
    SLICE("slice", false);

    /** A series is a figure with several lines. */
    private static final String SERIES = "series";

    private final String heading;
    private final boolean required;

    PublishedColumn(String heading, boolean required) {
        this.heading = heading;
        this.required = required;
    }

    String heading() {
        return heading;
    }

    boolean required() {
        return required;
    }

    static Optional<PublishedColumn> of(String heading) {
        return heading.equals(SERIES)
                ? Optional.of(FIGURE)
                : Arrays.stream(values())
                        .filter(column -> column.heading.equals(heading))
                        .findFirst();
    }

    static List<String> headings() {
        return Arrays.stream(values()).map(PublishedColumn::heading).toList();
    }
}
