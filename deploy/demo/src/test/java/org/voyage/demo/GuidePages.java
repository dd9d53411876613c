package org.voyage.demo;

import java.util.List;

/** Pages that one reader follows in one shell, from the top to the bottom. */
enum GuidePages {
    NEWCOMER(List.of("README.md"), "event:value", "\"hostCountry\":\"THA\"", "Voyage-Receipt"),
    BUREAU(
            List.of(
                    "docs/bureau.md",
                    "docs/how-to/send-files.md",
                    "docs/how-to/correct-records.md",
                    "docs/reference/http.md"),
            "\"parked\":1,\"refused\":1",
            "\"movedTo\"",
            "HTTP/1.1 308",
            "\"state\":\"submitted\""),
    /** It accepts the year that the bureau has submitted, and opens it again. */
    OPERATOR(
            List.of(
                    "docs/operator.md",
                    "docs/how-to/explain-figures.md",
                    "docs/how-to/read-figures.md",
                    "docs/how-to/stream-figures.md",
                    "docs/how-to/reconcile.md",
                    "docs/how-to/metrics-and-alerts.md",
                    "docs/how-to/security.md",
                    "docs/how-to/run.md"),
            "\"state\":\"accepted\"",
            "\"state\":\"open\"",
            "\"verdict\":\"proved\"",
            "statistical-bulletin-2024",
            "event:value",
            "\"intact\":true"),
    READER_OUTSIDE(List.of("docs/figures-outside.md"), "\"hostCountry\":\"THA\"", ",IDN,"),
    ALLIANCE(
            List.of("docs/alliances.md", "docs/how-to/receive-webhooks.md"),
            "org.voyage.feed.overseas-school.present.v1",
            "\"equal\":true",
            "event:present",
            "\"topic\":\"feeds.WFCP.",
            "verified up to 1-",
            "\"passed\":true",
            "200 0 events",
            "\"outcome\":\"accepted\"",
            "\"kind\":\"undelivered\"",
            "\"reason\":\"alliance\""),
    CHINESE_PROGRAMMER(
            List.of("docs/zh/bureau-programmer.md"), "\"refused\":1", "\"movedTo\"", "TH-7 已更正或无变化", "泰国境外办学机构： "),
    CHINESE_OPERATOR(
            List.of("docs/zh/operator.md", "docs/zh/operator-commands.md"),
            "\"alarm\":false",
            "curriculum-standards-guangxi-growth",
            "WFCP"),
    CHINESE_ALLIANCE(
            List.of("docs/zh/alliance.md"),
            "org.voyage.feed.overseas-school.present.v1",
            "\"equal\":true",
            "\"passed\":true",
            "\"undelivered\":0",
            "\"hostCountry\":\"THA\"");

    private final List<String> pages;
    private final String[] printed;

    GuidePages(List<String> pages, String... printed) {
        this.pages = pages;
        this.printed = printed;
    }

    /** Returns the pages, as paths in the project. */
    List<String> pages() {
        return pages;
    }

    /** Returns texts that the commands print, at the first run and at each later one. */
    String[] printed() {
        return printed.clone();
    }
}
