package org.voyage.overseas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders within the service; a rule that selects nothing fails too. */
@AnalyzeClasses(packages = "org.voyage.overseas", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {

    @ArchTest
    static final ArchRule a_school_knows_nothing_of_the_records_that_belong_to_it = noClasses()
            .that()
            .resideInAPackage("..school..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..headcount..", "..training..");

    @ArchTest
    static final ArchRule records_do_not_go_round_in_circles =
            slices().matching("org.voyage.overseas.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_the_records_share_knows_none_of_them = noClasses()
            .that()
            .resideInAPackage("org.voyage.overseas")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..school..", "..headcount..", "..training..");

    @ArchTest
    static final ArchRule a_record_and_its_rules_know_only_the_jdk_and_the_kits_values = classes()
            .that()
            .haveSimpleName("OverseasSchool")
            .or()
            .haveSimpleName("OverseasHeadcount")
            .or()
            .haveSimpleName("OverseasTraining")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "org.voyage.kit.web", "org.voyage.overseas.(*)..");

    @ArchTest
    static final ArchRule only_resources_speak_http_verbs =
            noClasses().that().haveSimpleNameNotEndingWith("Resource").should().beAnnotatedWith("jakarta.ws.rs.Path");
}
