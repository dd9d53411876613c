package org.voyage.indicators.definition;

/** The file that a definition was read from. */
record DefinitionSource(String file, YamlLineIndex lines) {

    /** @param path the member that is wrong, empty for the whole */
    InvalidDefinitionException invalid(String path, String reason, String reasonZh) {
        return new InvalidDefinitionException(file, lines.lineOf(path), path, reason, reasonZh);
    }
}
