package io.millrace.core.transform.check;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.ByteSize;
import io.millrace.api.CheckTally;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.lineage.Part;
import io.millrace.core.lineage.StepLineage;
import io.millrace.core.lineage.Traced;
import io.millrace.core.lookup.LookupRequest;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.transform.ClaimingTransform;
import io.millrace.core.transform.deduplicate.ClaimTable;
import io.millrace.core.transform.deduplicate.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code check} with its rules. */
public final class Check implements ClaimingTransform, LookupTransform, Traced {
    private final List<Rule> rules;
    /** Of the rules that look up, in their order. */
    private final List<LookupRequest> requests;
    /** Of the rules, in their order; a name that a rule before it has is followed by a number. */
    private final List<String> names;

    static LookupTransform of(List<Rule> rules) {
        List<LookupRequest> requests = rules.stream()
                .filter(ExistsIn.class::isInstance)
                .map(rule -> ((ExistsIn) rule).settings().request(((ExistsIn) rule).column()))
                .toList();
        return new Check(rules, requests, names(rules)).labelled(CheckFactory.NAME);
    }

    private Check(List<Rule> rules, List<LookupRequest> requests, List<String> names) {
        this.rules = rules;
        this.requests = List.copyOf(requests);
        this.names = names;
    }

    private static List<String> names(List<Rule> rules) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Rule rule : rules) {
            int count = seen.merge(rule.name(), 1, Integer::sum);
            names.add(count == 1 ? rule.name() : rule.name() + " (" + count + ")");
        }
        return names;
    }

    @Override
    public List<LookupRequest> requests() {
        return requests;
    }

    @Override
    public LookupTransform with(List<LookupRequest> others) {
        return new Check(rules, others, names);
    }

    @Override
    public StepLineage lineage(Schema input, Schema output) {
        StepLineage.Builder builder = StepLineage.Builder.passing(input);
        int lookups = 0;
        for (Rule rule : rules) {
            LookupRequest request = rule instanceof ExistsIn ? requests.get(lookups++) : null;
            if (rule.severity() != Severity.REJECT) {
                continue;
            }
            if (rule instanceof RowRule row) {
                builder.rows(Part.REJECT, List.of(row.column()));
            } else if (rule instanceof KeyRule key) {
                builder.rows(Part.REJECT, key.key());
            } else if (rule instanceof ExistsIn exists) {
                builder.rows(Part.REJECT, exists.key());
                request.keys()
                        .forEach(theirs -> builder.rows(new StepLineage.Use(request.origin(theirs), Part.REJECT)));
            }
        }
        return builder.build();
    }

    private List<KeyRule> keyRules() {
        return rules.stream()
                .filter(KeyRule.class::isInstance)
                .map(KeyRule.class::cast)
                .toList();
    }

    @Override
    public int claims() {
        return keyRules().size();
    }

    @Override
    public List<List<String>> claimedKeys() {
        return keyRules().stream().map(KeyRule::key).toList();
    }

    /** In the order in which {@link BoundCheck} goes through the rules. */
    @Override
    public List<ClaimingTransform> parts() {
        List<Integer> rejecting = new ArrayList<>();
        List<List<Integer>> rejectingByKey = new ArrayList<>();
        Map<List<String>, List<Integer>> counting = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            boolean rejects = rules.get(i).severity() == Severity.REJECT;
            List<String> key = rules.get(i) instanceof KeyRule keyed ? keyed.key() : List.of();
            if (!rejects) {
                counting.computeIfAbsent(key, first -> new ArrayList<>()).add(i);
            } else if (key.isEmpty()) {
                rejecting.add(i);
            } else {
                rejectingByKey.add(List.of(i));
            }
        }
        List<List<Integer>> parts = new ArrayList<>(rejectingByKey);
        parts.addAll(counting.values());
        if (!rejecting.isEmpty()) {
            parts.add(0, rejecting);
        }
        return parts.stream().<ClaimingTransform>map(this::part).toList();
    }

    private Check part(List<Integer> places) {
        List<LookupRequest> looked = new ArrayList<>();
        for (int i = 0, lookups = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof ExistsIn) {
                LookupRequest request = requests.get(lookups++);
                if (places.contains(i)) {
                    looked.add(request);
                }
            }
        }
        return new Check(
                places.stream().map(rules::get).toList(),
                looked,
                places.stream().map(names::get).toList());
    }

    @Override
    public boolean rejects() {
        return keyRules().stream().anyMatch(rule -> rule.severity() == Severity.REJECT);
    }

    @Override
    public List<ClaimTable> claimTables(Schema input, long seed, ByteSize memoryLimit) {
        return keyRules().stream()
                .map(rule -> ClaimTable.create(input, rule.key(), seed, memoryLimit))
                .toList();
    }

    @Override
    public BoundTransform bind(Schema input, BindContext context) {
        return bind(input, context, new OwnTickets(input));
    }

    @Override
    public BoundTransform bind(Schema input, BindContext context, List<Ticket> tickets) {
        return bind(input, context, () -> tickets);
    }

    private BoundTransform bind(Schema input, BindContext context, Supplier<List<Ticket>> tickets) {
        List<BoundRule> bound = new ArrayList<>();
        try {
            return bind(input, context, tickets, bound);
        } catch (RuntimeException unfit) {
            bound.forEach(BoundRule::close);
            throw unfit;
        }
    }

    private BoundTransform bind(
            Schema input, BindContext context, Supplier<List<Ticket>> tickets, List<BoundRule> bound) {
        Schema output = input;
        int keys = 0;
        int lookups = 0;
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            RuleTally tally = new RuleTally(names.get(i));
            try {
                if (rule instanceof RowRule row) {
                    int position = input.require(row.column());
                    Field field = input.field(position);
                    bound.add(new BoundRowRule(row, position, row.bind(field), tally));
                    if (rule instanceof NotNull && rule.severity() == Severity.REJECT) {
                        output = output.with(position, field.withNullable(false));
                    }
                } else if (rule instanceof ExistsIn exists) {
                    bound.add(existsIn(exists, requests.get(lookups++), input, context, tally));
                    if (!exists.allowsNull() && rule.severity() == Severity.REJECT) {
                        for (String name : exists.key()) {
                            int position = input.require(name);
                            output = output.with(position, input.field(position).withNullable(false));
                        }
                    }
                } else if (rule instanceof KeyRule key) {
                    int number = keys++;
                    int[] positions =
                            key.key().stream().mapToInt(input::require).toArray();
                    bound.add(
                            new BoundKeyRule(key, positions, () -> tickets.get().get(number), tally));
                } else {
                    bound.add(new BoundRunRule((RunRule) rule, ((RunRule) rule).bind(input), tally));
                }
            } catch (MillraceException unfit) {
                throw unfit.during("check, " + rule.name());
            }
        }
        return new BoundCheck(input, output, bound);
    }

    private static BoundExistsIn existsIn(
            ExistsIn rule, LookupRequest request, Schema input, BindContext context, RuleTally tally) {
        // Our own columns first: that needs no server.
        rule.key().forEach(input::require);
        Lookup lookup = context.lookup(request.name());
        try {
            return BoundExistsIn.of(rule, input, request.keys(), lookup, tally);
        } catch (RuntimeException unfit) {
            lookup.close();
            throw unfit;
        }
    }

    /** Claims among the rows that come to one bound step, made when the first one is needed. */
    private final class OwnTickets implements Supplier<List<Ticket>> {
        private final Schema input;
        private List<Ticket> tickets;

        OwnTickets(Schema input) {
            this.input = input;
        }

        @Override
        public List<Ticket> get() {
            if (tickets == null) {
                ByteSize each = new ByteSize(ClaimTable.defaultMemoryLimit().bytes() / Math.max(1, claims()));
                tickets = claimTables(input, 0, each).stream()
                        .map(table -> table.open("rows", 1))
                        .toList();
            }
            return tickets;
        }
    }

    /**
     * The verdicts on a run.
     *
     * @param label the step's, which names its tallies
     * @param tallies the run's sum by name
     * @param asOf the end of the run's window, or when the run began
     */
    public List<CheckOutcome> judge(String label, Function<String, CheckTally> tallies, Instant asOf) {
        List<CheckOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            String name = CheckTally.none(names.get(i)).within(label).check();
            CheckTally tally = tallies.apply(name);
            boolean byRow = rule instanceof RowRule || rule instanceof ExistsIn || rule instanceof Unique;
            outcomes.add(new CheckOutcome(
                    name, rule.severity(), tally.rows(), byRow ? tally.count() : 0, rule.broken(tally, asOf)));
        }
        return outcomes;
    }
}
