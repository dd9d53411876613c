package org.voyage.indicators.definition;

/** Source of a definition: its file and the lines of its members. */
record DefinitionSource(String file, YamlLineIndex lines) {

    /** @param path the invalid member, empty for the whole */
    InvalidDefinitionException invalid(String path, String reason, String reasonZh) {
        return new InvalidDefinitionException(file, lines.lineOf(path), path, reason, reasonZh);
    }
}
