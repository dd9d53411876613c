package org.voyage.contracts;

import java.util.List;

/**
 * Settings with a common prefix, in the order of their declaration.
 *
 * @param prefix such as {@code voyage.web.cost}
 * @param meaning Markdown; empty if the source has no documentation
 */
record SettingGroup(String prefix, String meaning, List<Setting> settings) {

    /**
     * @param name the whole property; a variable part is in angle brackets
     * @param defaultText Markdown
     * @param meaning Markdown; empty if the source has no documentation
     */
    record Setting(String name, String defaultText, String meaning) {}
}
