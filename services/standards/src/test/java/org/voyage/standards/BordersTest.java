package org.voyage.standards;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders within the service; a rule that selects nothing fails too. */
@AnalyzeClasses(packages = "org.voyage.standards", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {

    @ArchTest
    static final ArchRule a_standard_knows_nothing_of_its_recognitions = noClasses()
            .that()
            .resideInAnyPackage("..standard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..recognition..");

    @ArchTest
    static final ArchRule records_do_not_go_round_in_circles =
            slices().matching("org.voyage.standards.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_the_records_share_knows_none_of_them = noClasses()
            .that()
            .resideInAPackage("org.voyage.standards")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..standard..", "..recognition..", "..credential..");

    @ArchTest
    static final ArchRule a_record_and_its_rules_know_only_the_jdk_and_the_kits_values = classes()
            .that()
            .haveSimpleName("Standard")
            .or()
            .haveSimpleName("Recognition")
            .or()
            .haveSimpleName("CredentialRecognition")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "org.voyage.kit.web", "org.voyage.standards.(*)..");

    @ArchTest
    static final ArchRule only_resources_speak_http_verbs =
            noClasses().that().haveSimpleNameNotEndingWith("Resource").should().beAnnotatedWith("jakarta.ws.rs.Path");
}
