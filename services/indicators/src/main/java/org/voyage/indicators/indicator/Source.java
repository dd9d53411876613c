package org.voyage.indicators.indicator;

/** The file that a definition was read from. */
record Source(String file, Lines lines) {

    /** @param path the member that is wrong, empty for the whole */
    BadDefinition bad(String path, String reason, String reasonZh) {
        return new BadDefinition(file, lines.of(path), path, reason, reasonZh);
    }
}
