package io.millrace.core.fit;

import io.millrace.core.learned.Learner;
import java.util.Map;

/** What came of one reading: a learner for each path, and what happened to the source's rows on the way. */
record PassResult(Map<String, Learner> learners, long extracted, long rejected) {}
