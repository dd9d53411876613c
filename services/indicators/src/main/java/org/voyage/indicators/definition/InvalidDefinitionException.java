package org.voyage.indicators.definition;

/** A definition that cannot be used; the service does not start with it. The message names the file and the reason. */
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
     * It shows only among all figures, where the file is not at hand: {@link DefinitionSet#withLocation} knows the line.
     *
     * @param path the member that is wrong, its names joined by dots
     */
    public InvalidDefinitionException(Figure figure, String path, String reason, String reasonZh) {
        this(figure.code() + DefinitionFile.FILE_EXTENSION, 0, path, reason, reasonZh);
    }

    /**
     * @param line where it is wrong, from 1
     * @param path the member that is wrong, its names joined by dots; empty for the whole
     */
    InvalidDefinitionException(String file, int line, String path, String reason, String reasonZh) {
        super(file + (line == 0 ? "" : ":" + line) + ": " + reason);
        this.file = file;
        this.line = line;
        this.path = path;
        this.reason = reason;
        this.reasonZh = reasonZh;
    }

    /** The file that is wrong: it may be another than the one that changed. */
    public String file() {
        return file;
    }

    /** From 1; 0 when the file cannot be read at all, or is not at hand. */
    public int line() {
        return line;
    }

    /** The member that is wrong, its names joined by dots; empty for the whole. */
    String path() {
        return path;
    }

    /** JSON Pointer to the member that is wrong; empty for the whole. */
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
