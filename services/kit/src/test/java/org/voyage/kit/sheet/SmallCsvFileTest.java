package org.voyage.kit.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallCsvFileTest {

    @Test
    void rows_are_numbered_by_the_line_on_which_they_begin_and_empty_ones_left_out() {
        List<SmallCsvFile.SmallCsvRow> rows =
                SmallCsvFile.parse(utf8("\uFEFFa,b\r\n\r\n\"x\ny\",\"say \"\"z\"\"\"\n , \nlast,"));

        assertThat(rows).extracting(SmallCsvFile.SmallCsvRow::line).containsExactly(1L, 3L, 6L);
        assertThat(rows)
                .extracting(SmallCsvFile.SmallCsvRow::cells)
                .containsExactly(List.of("a", "b"), List.of("x\ny", "say \"z\""), List.of("last", ""));
        assertThat(rows).allMatch(row -> row.fault().isEmpty());
    }

    @Test
    void an_unreadable_row_is_reported_by_its_line_and_the_others_are_read() {
        byte[] notUtf8 = "中\n".getBytes(Charset.forName("GB18030"));
        byte[] rest = utf8("a\"b\nsound\n\"open\n" + "x".repeat(64 * 1024 + 1) + "\n");
        byte[] csv = new byte[notUtf8.length + rest.length];
        System.arraycopy(notUtf8, 0, csv, 0, notUtf8.length);
        System.arraycopy(rest, 0, csv, notUtf8.length, rest.length);

        List<SmallCsvFile.SmallCsvRow> rows = SmallCsvFile.parse(csv);

        assertThat(rows)
                .extracting(row -> row.fault()
                        .map(fault -> fault.pointer() + " " + fault.rule())
                        .orElse("read"))
                .containsExactly("/1 not-utf-8", "/2 malformed", "read", "/4 malformed", "/5 row-too-long");
    }

    @Test
    void nothing_has_no_rows() {
        assertThat(SmallCsvFile.parse(utf8(""))).isEmpty();
        assertThat(SmallCsvFile.parse(utf8("\uFEFF\n\n"))).isEmpty();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
