package org.voyage.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.prove.RunHistory.AcknowledgedWrite;
import org.voyage.prove.RunHistory.FeedEvent;
import org.voyage.prove.RunHistory.InjectedFault;
import org.voyage.prove.RunHistory.PublishedEvent;
import org.voyage.prove.RunHistory.ServedFigure;
import org.voyage.prove.RunHistory.StoredRow;

class HistoryCheckerTest {

    private static final String SCHOOL = "overseas-school";
    private static final String PLACEMENT = "outbound-placement";

    /** Bug of a platform. @param finding beginning of a sentence that reports it */
    private record PlantedBug(String name, String finding, Consumer<RunHistory> plant) {}

    /** Bugs of a platform, each planted into a sound run. Row 1 is of a school with three versions, row 2 of a withdrawn one. */
    private static final List<PlantedBug> BUGS = List.of(
            new PlantedBug(
                    "an acknowledged write is lost in a database",
                    "server1: overseas-school A has version 2",
                    run -> run.rows().set(0, new StoredRow("server1", SCHOOL, "A", 2, "A 2", 2))),
            new PlantedBug(
                    "an acknowledged record is lost in a database",
                    "server1: overseas-school A has 0 rows",
                    run -> run.rows().removeFirst()),
            new PlantedBug(
                    "a standby has an older text",
                    "server2: overseas-school A has \"A 2\"",
                    run -> run.rows().set(3, new StoredRow("server2", SCHOOL, "A", 3, "A 2", 3))),
            new PlantedBug(
                    "a withdrawn record is there again",
                    "server1: overseas-school B has \"B 1\"",
                    run -> run.rows().set(1, new StoredRow("server1", SCHOOL, "B", 2, "B 1", 2))),
            new PlantedBug(
                    "a row was written by no client",
                    "server1: overseas-school X has 1 rows",
                    run -> run.rows().add(new StoredRow("server1", SCHOOL, "X", 1, "X 1", 1))),
            new PlantedBug(
                    "a version of the history is missing",
                    "server1: overseas-school A has version 3 and 2 kept",
                    run -> run.rows().set(0, new StoredRow("server1", SCHOOL, "A", 3, "A 3", 2))),
            new PlantedBug(
                    "a write is acknowledged as the version after the next",
                    "journal: write 3 of overseas-school A",
                    run -> run.writes().set(2, new AcknowledgedWrite(SCHOOL, "A", 4, 3, "server1", 3, 4, 1))),
            new PlantedBug(
                    "an event is lost",
                    "topic of overseas-school A: place 2",
                    run -> run.events().remove(1)),
            new PlantedBug(
                    "the last event is lost",
                    "topic of overseas-school A: place 3",
                    run -> run.events().remove(2)),
            new PlantedBug(
                    "an event is there twice",
                    "topic of overseas-school A: place 4",
                    run -> run.events().add(new PublishedEvent(SCHOOL, 0, 9, "A", 3, "A 3"))),
            new PlantedBug(
                    "two events changed places",
                    "topic overseas-school 0: offset 0",
                    run -> Collections.swap(run.events(), 0, 1)),
            new PlantedBug(
                    "an event went to another partition",
                    "topic of overseas-school A: its events are in 2",
                    run -> run.events().set(2, new PublishedEvent(SCHOOL, 1, 2, "A", 3, "A 3"))),
            new PlantedBug(
                    "an event of no client's write",
                    "topic of overseas-school X: place 1",
                    run -> run.events().add(new PublishedEvent(SCHOOL, 0, 9, "X", 1, "X 1"))),
            new PlantedBug(
                    "an event has another content",
                    "topic of overseas-school A: place 2",
                    run -> run.events().set(1, new PublishedEvent(SCHOOL, 0, 1, "A", 2, "A 3"))),
            new PlantedBug(
                    "a figure counts a record twice at one door",
                    "figure overseas-schools at server2 is 2",
                    run -> run.figures().set(1, new ServedFigure("server2", "overseas-schools", 2))),
            new PlantedBug(
                    "a figure forgets a record",
                    "figure outbound-participants at server1 is 0",
                    run -> run.figures().set(2, new ServedFigure("server1", "outbound-participants", 0))),
            new PlantedBug(
                    "the platform's own recount differs",
                    "figure proof at server1 is 1",
                    run -> run.figures().set(4, new ServedFigure("server1", ServedFigure.PROOF, 1))),
            new PlantedBug(
                    "a figure was not read",
                    "figure credential-recognitions at server1 was not read",
                    run -> run.figures().remove(3)),
            new PlantedBug(
                    "the feed has a gap",
                    "feed: 1-3 comes after 1-1",
                    run -> run.feed().remove(1)),
            new PlantedBug(
                    "the feed lacks its last events",
                    "feed of overseas-school B: place 2",
                    run -> run.feed().subList(4, 6).clear()),
            new PlantedBug(
                    "the feed has an event twice",
                    "feed: 1-1 came twice",
                    run -> run.feed().add(1, run.feed().get(0))),
            new PlantedBug(
                    "the feed has an older state",
                    "feed of overseas-school A: place 3",
                    run -> run.feed().set(2, new FeedEvent("1-3", 1, 3, "s/a", "corrected", "A 2"))),
            new PlantedBug(
                    "the feed forgets a withdrawal",
                    "feed of overseas-school B: place 2",
                    run -> run.feed().set(4, new FeedEvent("1-5", 1, 5, "", "checkpoint", null))),
            new PlantedBug(
                    "a right write was answered 500",
                    "answer: PUT is 500",
                    run -> run.refusals().add("PUT is 500")),
            new PlantedBug(
                    "a database was not read",
                    "server3: overseas-school A has 0 rows",
                    run -> run.rows().removeIf(row -> row.server().equals("server3"))),
            new PlantedBug(
                    "a door was not asked",
                    "figure overseas-schools at server3 was not read",
                    run -> run.figures().removeIf(figure -> figure.door().equals("server3"))),
            new PlantedBug(
                    "no database was read",
                    "server3: overseas-school A has 0 rows",
                    run -> run.rows().clear()));

    @Test
    void a_sound_run_has_no_finding() {
        assertThat(HistoryChecker.findFaults(soundRun())).isEmpty();
        assertThat(HistoryChecker.findVoidFaults(soundRun())).isEmpty();
    }

    @TestFactory
    List<DynamicTest> a_planted_bug_is_found() {
        return BUGS.stream()
                .map(bug -> DynamicTest.dynamicTest(bug.name(), () -> {
                    RunHistory run = soundRun();
                    bug.plant().accept(run);
                    assertThat(HistoryChecker.findFaults(run))
                            .anySatisfy(finding -> assertThat(finding).startsWith(bug.finding()));
                }))
                .toList();
    }

    @Test
    void a_fault_that_did_not_happen_makes_the_run_void() {
        RunHistory run = soundRun();
        run.faults().add(new InjectedFault("kill kafka of server1", 0, 1, false, "it runs since before"));
        assertThat(HistoryChecker.findVoidFaults(run)).containsExactly("kill kafka of server1");
    }

    @Test
    void a_run_is_the_same_after_it_was_stored(@TempDir Path folder) {
        RunHistory run = soundRun();
        RunHistory.writeLines(folder.resolve(RunHistory.JOURNAL), run.writes());
        RunHistory.writeLines(folder.resolve(RunHistory.ROWS), run.rows());
        RunHistory.writeLines(folder.resolve(RunHistory.EVENTS), run.events());
        RunHistory.writeLines(folder.resolve(RunHistory.FIGURES), run.figures());
        RunHistory.writeLines(folder.resolve(RunHistory.FEED), run.feed());
        RunHistory.writeLines(folder.resolve(RunHistory.FAULTS), run.faults());
        RunHistory.writeLines(folder.resolve(RunHistory.REFUSALS), run.refusals());
        assertThat(RunHistory.readFolder(folder)).isEqualTo(run);
    }

    private static RunHistory soundRun() {
        return new RunHistory(
                new ArrayList<>(List.of(
                        write(SCHOOL, "A", 1, 1),
                        write(SCHOOL, "A", 2, 2),
                        write(SCHOOL, "A", 3, 3),
                        write(SCHOOL, "B", 1, 1),
                        write(SCHOOL, "B", 2, 0),
                        write(PLACEMENT, "C", 1, 1))),
                new ArrayList<>(List.of(
                        new StoredRow("server1", SCHOOL, "A", 3, "A 3", 3),
                        new StoredRow("server1", SCHOOL, "B", 2, null, 2),
                        new StoredRow("server1", PLACEMENT, "C", 1, "C 1", 1),
                        new StoredRow("server2", SCHOOL, "A", 3, "A 3", 3),
                        new StoredRow("server2", SCHOOL, "B", 2, null, 2),
                        new StoredRow("server2", PLACEMENT, "C", 1, "C 1", 1),
                        new StoredRow("server3", SCHOOL, "A", 3, "A 3", 3),
                        new StoredRow("server3", SCHOOL, "B", 2, null, 2),
                        new StoredRow("server3", PLACEMENT, "C", 1, "C 1", 1))),
                new ArrayList<>(List.of(
                        new PublishedEvent(SCHOOL, 0, 0, "A", 1, "A 1"),
                        new PublishedEvent(SCHOOL, 0, 1, "A", 2, "A 2"),
                        new PublishedEvent(SCHOOL, 0, 2, "A", 3, "A 3"),
                        new PublishedEvent(SCHOOL, 1, 0, "B", 1, "B 1"),
                        new PublishedEvent(SCHOOL, 1, 3, "B", 2, null),
                        new PublishedEvent(PLACEMENT, 0, 0, "C", 1, "C 1"))),
                new ArrayList<>(List.of(
                        new ServedFigure("server1", "overseas-schools", 1),
                        new ServedFigure("server2", "overseas-schools", 1),
                        new ServedFigure("server1", "outbound-participants", 3),
                        new ServedFigure("server1", "credential-recognitions", 0),
                        new ServedFigure("server1", ServedFigure.PROOF, 0),
                        new ServedFigure("server2", "outbound-participants", 3),
                        new ServedFigure("server2", "credential-recognitions", 0),
                        new ServedFigure("server3", "overseas-schools", 1),
                        new ServedFigure("server3", "outbound-participants", 3),
                        new ServedFigure("server3", "credential-recognitions", 0))),
                new ArrayList<>(List.of(
                        new FeedEvent("1-1", 1, 1, "s/a", "created", "A 1"),
                        new FeedEvent("1-2", 1, 2, "s/a", "corrected", "A 2"),
                        new FeedEvent("1-3", 1, 3, "s/a", "corrected", "A 3"),
                        new FeedEvent("1-4", 1, 4, "s/b", "created", "B 1"),
                        new FeedEvent("1-5", 1, 5, "s/b", "withdrawn", null),
                        new FeedEvent("1-6", 1, 6, "", "checkpoint", null))),
                new ArrayList<>(List.of(new InjectedFault("kill kafka of server2", 0, 1, true, "started again"))),
                new ArrayList<>());
    }

    private static AcknowledgedWrite write(String record, String key, long version, long number) {
        return new AcknowledgedWrite(record, key, version, number, "server1", version, version + 1, 1);
    }
}
