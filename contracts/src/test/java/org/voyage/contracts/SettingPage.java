package org.voyage.contracts;

import java.util.List;

/** Writes settings as a page of Markdown: a table for each group. */
final class SettingPage {

    private SettingPage() {}

    /**
     * @param page the service, {@code shared} or {@code files}
     */
    static String write(String page, List<SettingGroup> groups) {
        StringBuilder text = new StringBuilder("""
            # Settings: %s

            Generated from the documentation in the code. See [Configuration](configuration.md) for environment variables and connections.
            """.formatted(subjectOf(page)));
        for (SettingGroup group : groups) {
            text.append("\n## ").append(group.prefix()).append('\n');
            if (!group.meaning().isEmpty()) {
                text.append(group.meaning()).append('\n');
            }
            text.append("\n| name | default | meaning |\n|---|---|---|\n");
            group.settings()
                    .forEach(setting -> text.append("| `")
                            .append(setting.name())
                            .append("` | ")
                            .append(escapeCell(setting.defaultText()))
                            .append(" | ")
                            .append(escapeCell(setting.meaning()))
                            .append(" |\n"));
        }
        return text.toString();
    }

    private static String subjectOf(String page) {
        return switch (page) {
            case "shared" -> "events, rules, audit trail and limits of all services";
            case "files" -> "files of all record services";
            default -> page;
        };
    }

    private static String escapeCell(String text) {
        return text.replace("|", "\\|");
    }
}
