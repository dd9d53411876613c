package org.voyage.kit.bulk.format;

import org.voyage.kit.problem.Finding;

/** Refusals of rows over the size limit, each with its line. */
final class OversizedRowRefusals {
    private OversizedRowRefusals() {}

    static ParsedRow refused(long number, long line, byte[] beginning, int limit) {
        return ParsedRow.refused(
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
