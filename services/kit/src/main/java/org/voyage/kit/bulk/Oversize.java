package org.voyage.kit.bulk;

import org.voyage.kit.web.Finding;

/** A row that is larger than a row may be: refused, its beginning kept so that one finds it again. */
final class Oversize {
    /** Bytes of it that are kept. */
    static final int KEPT = 300;

    private Oversize() {}

    static ReadRow refused(long number, long line, byte[] beginning, int limit) {
        return ReadRow.refused(
                number,
                line,
                beginning,
                false,
                new Finding(
                        "",
                        "row-too-large",
                        "The row at line " + line + " is larger than " + limit + " bytes.",
                        "第 " + line + " 行开始的数据超过 " + limit + " 字节。"));
    }
}
