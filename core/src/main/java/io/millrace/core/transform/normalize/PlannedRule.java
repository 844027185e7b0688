package io.millrace.core.transform.normalize;

import io.millrace.core.learned.FitFile;
import io.millrace.core.learned.Learned;
import java.util.Map;
import java.util.Optional;

/**
 * The rule of a column with the fit file it names.
 *
 * @param as the new column, if the result has one
 * @param learned what the fit file holds; empty where the rule names none, or there is none yet
 */
public record PlannedRule(String column, Rule rule, Optional<String> as, Optional<FitFile> learned) {
    /** Empty where they are still to be learned. */
    Optional<Learned> parameters() {
        return rule.given().or(() -> learned.map(FitFile::learned));
    }

    /** True where a fit file is named that does not exist yet. */
    public boolean isMissing() {
        return rule.fit().isPresent() && learned.isEmpty();
    }

    /** The column of the result, or what the names of its columns begin with. */
    public String output() {
        return as.orElse(column);
    }

    PlannedRule with(FitFile file) {
        return new PlannedRule(column, rule, as, Optional.of(file));
    }

    /** Why a fit file is not one of this rule; empty where it is. */
    public Optional<String> mismatch(FitFile file) {
        if (!file.kind().equals(rule.kind())) {
            return Optional.of("was learned for " + file.kind() + ", not for " + rule.kind());
        }
        Map<String, String> asked = rule.learnedWith();
        return file.learnedWith().equals(asked)
                ? Optional.empty()
                : Optional.of("was learned with " + file.learnedWith() + ", and the pipeline says " + asked);
    }
}
