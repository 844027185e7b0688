package io.millrace.app.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom, as ARCHITECTURE.md says; the enforcer rules of the POMs hold the same for libraries. */
@AnalyzeClasses(packages = "io.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ImportRulesTest {
    @ArchTest
    static final ArchRule apiKnowsTheJdkOnly = classes()
            .that()
            .resideInAPackage("io.millrace.api..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("io.millrace.api..", "java.."))
            .because("everything else is built on api");

    @ArchTest
    static final ArchRule coreKnowsApiAndItsReadersOnly = classes()
            .that()
            .resideInAPackage("io.millrace.core..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.millrace.core..",
                    "io.millrace.api..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.snakeyaml.engine..",
                    "io.trino.sql.parser..",
                    "org.antlr.v4.runtime..",
                    "com.google.re2j..",
                    "ua_parser.."))
            .because("core finds connectors by ServiceLoader and drivers through java.sql");

    @ArchTest
    static final ArchRule featuresKnowApiAndCoreOnly = classes()
            .that()
            .resideInAPackage("io.millrace.features..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.millrace.features..",
                    "io.millrace.core..",
                    "io.millrace.api..",
                    "java..",
                    "com.fasterxml.jackson.."))
            .because("a view is the same on every engine");

    @ArchTest
    static final ArchRule formatsKnowApiOnly = noClasses()
            .that()
            .resideInAPackage("io.millrace.formats..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.millrace.core..",
                    "io.millrace.connectors..",
                    "io.millrace.sandbox..",
                    "io.millrace.testkit..",
                    "io.millrace.app.."))
            .because("a format turns bytes into batches and back, and knows nothing else");

    @ArchTest
    static final ArchRule formatsAreApart = slices().matching("io.millrace.formats.(*)..")
            .should()
            .notDependOnEachOther()
            .because("one format's library must not come with another");

    @ArchTest
    static final ArchRule connectorsKnowApiFormatsAndTheirClient = noClasses()
            .that()
            .resideInAPackage("io.millrace.connectors..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.millrace.core..", "io.millrace.sandbox..", "io.millrace.testkit..", "io.millrace.app.."))
            .because("connectors run on every engine");

    @ArchTest
    static final ArchRule connectorsAreApart = slices().matching("io.millrace.connectors.(*)..")
            .should()
            .notDependOnEachOther()
            .because("an outside system is one module, usable without the others");

    @ArchTest
    static final ArchRule thePostgresClientStaysWithItsConnector = noClasses()
            .that()
            .resideOutsideOfPackages("io.millrace.connectors.postgres..", "io.millrace.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.postgresql..")
            .because("what knows a SQL dialect lives in connectors/postgres");

    @ArchTest
    static final ArchRule theKafkaClientsStayWithTheirConnector = noClasses()
            .that()
            .resideOutsideOfPackages("io.millrace.connectors.kafka..", "io.millrace.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..")
            .because("what knows an offset lives in connectors/kafka");

    @ArchTest
    static final ArchRule theParquetLibraryStaysWithItsFormat = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.formats.parquet..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop.."))
            .because("what knows a page lives in formats/parquet");

    @ArchTest
    static final ArchRule theS3ClientStaysWithStorage = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..")
            .because("what knows a bucket lives in storage");

    @ArchTest
    static final ArchRule storageKnowsApiOnly = classes()
            .that()
            .resideInAPackage("io.millrace.storage..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.millrace.storage..", "io.millrace.api..", "java..", "software.amazon.awssdk.."))
            .because("formats and connectors are built on it");

    @ArchTest
    static final ArchRule theSandboxStandsAlone = noClasses()
            .that()
            .resideInAPackage("io.millrace.sandbox..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.millrace.core..",
                    "io.millrace.formats..",
                    "io.millrace.connectors..",
                    "io.millrace.testkit..",
                    "io.millrace.app.."))
            .because("it stands for the world outside, and must not share our mistakes");

    @ArchTest
    static final ArchRule onlyAppSeesApp = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.millrace.app..")
            .because("app is where everything meets");

    @ArchTest
    static final ArchRule packagesOfCoreHaveNoCycles = slices().matching("io.millrace.core.(**)")
            .should()
            .beFreeOfCycles()
            .because("a package that is understood once stays understood");
}
