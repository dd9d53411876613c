package org.voyage.demo;

import java.io.PrintStream;

/**
 * Progress display of the load from any thread: one growing line on a terminal, one plain line per province elsewhere.
 */
final class LoadProgress {

    private static final int BAR_WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal;
    private final int total;
    private int done;
    private int width;

    LoadProgress(PrintStream out, boolean terminal, int total) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
    }

    static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /** Adds sent rows; {@code what} names the current upload. */
    synchronized void addRows(int rows, String what) {
        done += rows;
        if (terminal) {
            int filled = total == 0 ? BAR_WIDTH : (int) ((long) BAR_WIDTH * done / total);
            showLine("  [%s%s] %,6d / %,d rows  %s"
                    .formatted("█".repeat(filled), "░".repeat(BAR_WIDTH - filled), done, total, what));
        }
    }

    /** Prints a milestone that stays on the screen. */
    synchronized void printMilestone(String sentence) {
        if (terminal) {
            showLine("");
            out.print('\r');
        }
        out.println("  " + sentence);
        width = 0;
    }

    private void showLine(String line) {
        out.print("\r" + TextWidth.padRight(line, width));
        out.flush();
        width = TextWidth.columnsOf(line);
    }
}
