package org.voyage.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Complete history of the demo: the final state of every record, and the stories and rounds that lead some records there.
 * It is the same on every machine and in every run. Its counts give exactly each published figure that can be computed.
 *
 * @param rows records of mobility, cooperation and standards
 */
record DemoHistory(
        List<OverseasSchool> schools,
        List<SchoolHeadcount> headcounts,
        List<SchoolTraining> trainings,
        List<RecordRow> rows,
        List<RecordStory> stories,
        List<CorrectionRound> rounds) {

    static DemoHistory buildHistory() {
        CollegeCodes colleges = new CollegeCodes();
        List<OverseasSchool> schools = new ArrayList<>(KnownSchools.readSchools(colleges));
        schools.addAll(new ConstructedSchools(List.copyOf(schools), colleges).buildSchools());
        schools.addAll(PlannedSchools.buildSchools(colleges));
        List<SchoolHeadcount> headcounts = HeadcountGenerator.buildHeadcounts(schools);
        List<SchoolTraining> trainings = TrainingGenerator.buildTrainings(schools);
        List<RecordRow> rows = buildOtherRows();
        List<RecordStory> stories = Stream.concat(
                        SchoolStories.buildStories(schools, headcounts, trainings).stream(),
                        RowStories.buildStories(rows).stream())
                .toList();
        List<CorrectionRound> rounds = new CorrectionRounds(schools, headcounts, rows, keysOf(stories)).buildRounds();
        return new DemoHistory(List.copyOf(schools), headcounts, trainings, rows, stories, rounds);
    }

    private static List<RecordRow> buildOtherRows() {
        BureauList bureaus = new BureauList();
        List<RecordRow> institutions = CooperativeInstitutions.buildRows(bureaus);
        List<RecordRow> programmes = new CooperativeProgrammes(bureaus).buildRows();
        List<StandardAdoption> adoptions = new AdoptionGenerator(bureaus).buildAll();
        return Stream.of(
                        new InboundEnrolments(bureaus).buildRows(),
                        new OutboundPlacements(bureaus).buildRows(),
                        new TeacherAssignments(bureaus).buildRows(),
                        ForeignTeachers.buildRows(bureaus),
                        institutions,
                        programmes,
                        CooperativeHeadcounts.buildRows(institutions, programmes),
                        StandardGenerator.buildRows(adoptions),
                        new RecognitionGenerator().buildRows(adoptions),
                        CredentialRecognitions.buildRows(bureaus))
                .flatMap(List::stream)
                .toList();
    }

    Stream<RecordRow> rowsOf(RecordType type) {
        return rows.stream().filter(row -> row.type() == type);
    }

    private static Set<HistoryKey> keysOf(List<RecordStory> stories) {
        return stories.stream()
                .map(story -> HistoryKey.of(story.lastStep().entry()))
                .collect(Collectors.toSet());
    }

    /** Returns the bulk records by province and type: all records without a story or a round. */
    Map<String, Map<RecordType, List<BureauRecord>>> bulkEntries() {
        Set<HistoryKey> told = keysOf(stories);
        rounds.stream()
                .flatMap(round -> round.files().stream())
                .flatMap(file -> file.finalReport().stream())
                .forEach(entry -> told.add(HistoryKey.of(entry)));
        return entries()
                .filter(entry -> !told.contains(HistoryKey.of(entry)))
                .collect(Collectors.groupingBy(
                        BureauRecord::province,
                        TreeMap::new,
                        Collectors.groupingBy(
                                BureauRecord::type, () -> new EnumMap<>(RecordType.class), Collectors.toList())));
    }

    List<String> provinces() {
        return entries().map(BureauRecord::province).distinct().sorted().toList();
    }

    /** Returns the number of records at the end. */
    int size() {
        return (int) entries().count();
    }

    Stream<BureauRecord> entries() {
        return Stream.of(schools, headcounts, trainings, rows).flatMap(List::stream);
    }

    /** Key of a record. */
    record HistoryKey(RecordType type, String province, String sourceId) {

        static HistoryKey of(BureauRecord entry) {
            return new HistoryKey(entry.type(), entry.province(), entry.sourceId());
        }
    }
}
