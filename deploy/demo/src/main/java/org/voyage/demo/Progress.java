package org.voyage.demo;

import java.io.PrintStream;

/** How far the loading is, whoever tells it: one line that fills up on a terminal, a plain line a province elsewhere. */
final class Progress {

    private static final int BAR = 30;

    private final PrintStream out;
    private final boolean terminal;
    private final int total;
    private int done;
    private int width;

    Progress(PrintStream out, boolean terminal, int total) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
    }

    static boolean onTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /** {@code rows} more are in; {@code what} is being sent. */
    synchronized void advance(int rows, String what) {
        done += rows;
        if (terminal) {
            int filled = total == 0 ? BAR : (int) ((long) BAR * done / total);
            show("  [%s%s] %,6d / %,d rows  %s"
                    .formatted("█".repeat(filled), "░".repeat(BAR - filled), done, total, what));
        }
    }

    /** A milestone that stays on the screen. */
    synchronized void say(String sentence) {
        if (terminal) {
            show("");
            out.print('\r');
        }
        out.println("  " + sentence);
        width = 0;
    }

    private void show(String line) {
        out.print("\r" + Width.left(line, width));
        out.flush();
        width = Width.of(line);
    }
}
