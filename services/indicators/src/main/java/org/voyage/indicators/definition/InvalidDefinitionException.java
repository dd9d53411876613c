package org.voyage.indicators.definition;

/** Error of an invalid definition, which stops the start of the service. The message names the file and the reason. */
public final class InvalidDefinitionException extends RuntimeException {

    private final String file;
    private final int line;
    private final String path;
    private final String reason;
    private final String reasonZh;

    public InvalidDefinitionException(String file, String reason, String reasonZh) {
        this(file, 0, "", reason, reasonZh);
    }

    /**
     * Creates an error that only the whole catalogue reveals, where the file is not available. {@link
     * DefinitionSet#withLocation} adds the line.
     *
     * @param path the invalid member, its names joined by dots
     */
    public InvalidDefinitionException(Figure figure, String path, String reason, String reasonZh) {
        this(figure.code() + DefinitionFile.FILE_EXTENSION, 0, path, reason, reasonZh);
    }

    /**
     * @param line line of the mistake, from 1
     * @param path the invalid member, its names joined by dots; empty for the whole
     */
    InvalidDefinitionException(String file, int line, String path, String reason, String reasonZh) {
        super(file + (line == 0 ? "" : ":" + line) + ": " + reason);
        this.file = file;
        this.line = line;
        this.path = path;
        this.reason = reason;
        this.reasonZh = reasonZh;
    }

    /** Returns the invalid file, which may differ from the changed file. */
    public String file() {
        return file;
    }

    /** Returns the line, from 1; 0 when the file is unreadable or not available. */
    public int line() {
        return line;
    }

    /** Returns the invalid member, its names joined by dots; empty for the whole. */
    String path() {
        return path;
    }

    /** Returns the JSON Pointer to the invalid member; empty for the whole. */
    public String pointer() {
        return path.isEmpty() ? "" : "/" + path.replace('.', '/');
    }

    public String reason() {
        return reason;
    }

    public String reasonZh() {
        return reasonZh;
    }
}
