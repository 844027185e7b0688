package io.millrace.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.millrace.api.Connector;
import io.millrace.api.MillraceException;
import java.util.Optional;

/** The conventions of CONTRIBUTING.md that a machine can see. */
@AnalyzeClasses(packages = "io.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ConventionsTest {
    /** What a program calls that reads features at serving time. */
    private static final String SERVING = "io\\.millrace\\.connectors\\.redis\\.(FeatureReader|ServedFeatures)";

    /** Settings records can stay package-private: the binder opens what a connector registers. */
    @ArchTest
    static final ArchRule ofAConnectorOnlyItsNameIsPublic = classes()
            .that()
            .resideInAPackage("io.millrace.connectors..")
            .and(areSeenFromOutside())
            .and()
            .haveNameNotMatching(SERVING)
            .should()
            .beAssignableTo(Connector.class)
            .andShould()
            .haveSimpleNameEndingWith("Connector");

    /** What is nested in an interface is public by the language, yet nobody sees it where the interface is not. */
    private static DescribedPredicate<JavaClass> areSeenFromOutside() {
        return DescribedPredicate.describe("are seen from outside", type -> {
            Optional<JavaClass> seen = Optional.of(type);
            while (seen.isPresent() && seen.get().getModifiers().contains(JavaModifier.PUBLIC)) {
                seen = seen.get().getEnclosingClass();
            }
            return seen.isEmpty();
        });
    }

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
            .because("such a name says nothing; use the term of the field");

    @ArchTest
    static final ArchRule interfacesHaveNoPrefix = noClasses()
            .that()
            .areInterfaces()
            .should()
            .haveNameMatching(".*\\.I[A-Z][a-z].*")
            .because("the interface has the good name");

    @ArchTest
    static final ArchRule thereIsOneKindOfException = noClasses()
            .that()
            .resideOutsideOfPackages("io.millrace.sandbox..", "io.millrace.testkit..")
            .and()
            .doNotBelongToAnyOf(MillraceException.class)
            .and()
            .doNotHaveSimpleName("InvalidSetting")
            .should()
            .bePublic()
            .andShould()
            .beAssignableTo(RuntimeException.class)
            .because("an ErrorKind decides what a caller does, not a class");

    @ArchTest
    static final ArchRule stateIsNeverJavaSerialisation = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.testkit..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .because("stored state is JSON with a version");

    @ArchTest
    static final ArchRule nothingWritesToStandardOutputButTheApp = noClasses()
            .that()
            .resideOutsideOfPackages("io.millrace.app..", "io.millrace.sandbox..", "io.millrace.testkit..")
            .should()
            .accessField(System.class, "out")
            .because("the last line on stdout belongs to --json");
}
