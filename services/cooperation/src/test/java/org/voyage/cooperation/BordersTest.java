package org.voyage.cooperation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders within the service; a rule that selects nothing fails too. */
@AnalyzeClasses(packages = "org.voyage.cooperation", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {

    @ArchTest
    static final ArchRule what_students_are_counted_for_knows_nothing_of_their_headcounts = noClasses()
            .that()
            .resideInAnyPackage("..agreement..", "..institution..", "..programme..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..headcount..");

    @ArchTest
    static final ArchRule records_do_not_go_round_in_circles =
            slices().matching("org.voyage.cooperation.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_the_records_share_knows_none_of_them = noClasses()
            .that()
            .resideInAPackage("org.voyage.cooperation")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..agreement..", "..institution..", "..programme..", "..headcount..");

    @ArchTest
    static final ArchRule a_record_and_its_rules_know_only_the_jdk_and_the_kits_values = classes()
            .that()
            .haveSimpleName("Agreement")
            .or()
            .haveSimpleName("CooperativeInstitution")
            .or()
            .haveSimpleName("CooperativeProgramme")
            .or()
            .haveSimpleName("CooperativeHeadcount")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "org.voyage.kit.web", "org.voyage.cooperation.(*)..");

    @ArchTest
    static final ArchRule only_resources_speak_http_verbs =
            noClasses().that().haveSimpleNameNotEndingWith("Resource").should().beAnnotatedWith("jakarta.ws.rs.Path");
}
