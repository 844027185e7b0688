package io.millrace.core.transform.enrich;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.lineage.Part;
import io.millrace.core.lineage.StepLineage;
import io.millrace.core.lineage.Traced;
import io.millrace.core.lookup.KeyTypes;
import io.millrace.core.lookup.LookupRequest;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.PreparedLookup;
import io.millrace.core.transform.clean.Literal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code enrich} with its settings: binding resolves which columns are asked with, and which are added. */
final class Enrich implements LookupTransform, Traced {
    private final EnrichSettings settings;
    private final LookupRequest request;

    Enrich(EnrichSettings settings, LookupRequest request) {
        this.settings = settings;
        this.request = request;
    }

    @Override
    public List<LookupRequest> requests() {
        return List.of(request);
    }

    @Override
    public LookupTransform with(List<LookupRequest> requests) {
        return new Enrich(settings, requests.get(0));
    }

    @Override
    public BoundTransform bind(Schema input, BindContext context) {
        // Our own columns first: that needs no server.
        List<Integer> asked = asked(input);
        Lookup lookup = context.lookup(request.name());
        try {
            Schema keys = lookup instanceof PreparedLookup prepared ? prepared.keys() : lookup.schema();
            return new BoundEnrich(
                    input, questions(input, asked, keys), asked, lookup, added(input, lookup.schema()), settings);
        } catch (RuntimeException unfit) {
            lookup.close();
            throw unfit;
        }
    }

    @Override
    public StepLineage lineage(Schema input, Schema output) {
        StepLineage.Builder builder = StepLineage.Builder.passing(input);
        List<StepLineage.Use> found = new ArrayList<>();
        settings.on().forEach((ours, theirs) -> {
            found.add(StepLineage.Use.of(ours, Part.KEY));
            found.add(new StepLineage.Use(request.origin(theirs), Part.KEY));
        });
        settings.asOf().ifPresent(asOf -> {
            found.add(StepLineage.Use.of(asOf.time(), Part.ORDER));
            found.add(new StepLineage.Use(request.origin(asOf.validFrom()), Part.ORDER));
            asOf.validTo().ifPresent(theirs -> found.add(new StepLineage.Use(request.origin(theirs), Part.ORDER)));
        });
        for (String name : output.names().subList(input.size(), output.size())) {
            boolean filled = settings.missing() instanceof Missing.Default given
                    && given.values().containsKey(name);
            String theirs = settings.add().getOrDefault(name, name);
            builder.column(name, new StepLineage.Use(request.origin(theirs), filled ? Part.VALUE : Part.IDENTITY));
            found.forEach(use -> builder.column(name, use));
        }
        if (settings.missing() instanceof Missing.DropRow || settings.missing() instanceof Missing.Reject) {
            Part part = settings.missing() instanceof Missing.DropRow ? Part.FILTER : Part.REJECT;
            found.forEach(use -> builder.rows(new StepLineage.Use(use.origin(), part)));
        }
        return builder.build();
    }

    private List<Integer> asked(Schema input) {
        List<Integer> asked = new ArrayList<>();
        for (String name : settings.on().keySet()) {
            asked.add(require(input, name, "on"));
        }
        settings.asOf().ifPresent(asOf -> {
            int position = require(input, asOf.time(), "as_of.time");
            DataType type = input.field(position).type();
            if (!type.equals(DataType.TIMESTAMP) && !type.equals(DataType.DATE)) {
                throw MillraceException.user("enrich, as_of.time: column '" + asOf.time() + "' is " + type + ", not "
                        + DataType.TIMESTAMP + " or " + DataType.DATE + "; convert it before, by clean's types");
            }
            asked.add(position);
        });
        return asked;
    }

    private static int require(Schema input, String name, String key) {
        try {
            return input.require(name);
        } catch (MillraceException unknown) {
            throw unknown.during("enrich, " + key);
        }
    }

    /** The columns that are asked with, under the table's names. */
    private Schema questions(Schema input, List<Integer> asked, Schema keys) {
        List<Field> fields = new ArrayList<>();
        for (String theirs : settings.on().values()) {
            Field ours = input.field(asked.get(fields.size()));
            if (keys.contains(theirs)) {
                try {
                    KeyTypes.requireComparable(ours, keys.field(keys.indexOf(theirs)));
                } catch (MillraceException unfit) {
                    throw unfit.during("enrich, on");
                }
            }
            fields.add(new Field(theirs, ours.type(), ours.nullable()));
        }
        settings.asOf().ifPresent(asOf -> {
            DataType ours = input.field(asked.get(fields.size())).type();
            DataType theirs = keys.field(keys.require(asOf.validFrom())).type();
            if (!ours.equals(theirs)) {
                throw MillraceException.user("enrich, as_of: our time '" + asOf.time() + "' is " + ours
                        + " and their valid_from '" + asOf.validFrom() + "' is " + theirs
                        + "; convert one to the other's type: ours by clean's types, theirs in a query or view");
            }
            fields.add(new Field(free(asOf.time(), fields), ours, true));
        });
        return Schema.of(fields);
    }

    private static String free(String name, List<Field> taken) {
        String free = name;
        while (taken.stream().map(Field::name).anyMatch(free::equals)) {
            free = free + "_";
        }
        return free;
    }

    /** By new name, in order; a user error where one is taken. */
    private Map<String, AddedColumn> added(Schema input, Schema answers) {
        Map<String, String> names = new LinkedHashMap<>(settings.add());
        if (names.isEmpty()) {
            answers.names().forEach(name -> names.put(name, name));
        }
        Map<String, Object> defaults = settings.missing() instanceof Missing.Default given ? given.values() : Map.of();
        for (String name : defaults.keySet()) {
            if (!names.containsKey(name)) {
                throw MillraceException.user("enrich, missing: there is a default for '" + name
                        + "', and the added columns are " + String.join(", ", names.keySet()));
            }
        }
        Map<String, AddedColumn> added = new LinkedHashMap<>();
        names.forEach((name, theirs) -> {
            if (input.contains(name)) {
                throw MillraceException.user("enrich, add: there is a column '" + name
                        + "' already; give the new one another name, for instance add: {" + free(name, input) + ": "
                        + theirs + "}" + (settings.add().isEmpty() ? " with all columns that you want" : ""));
            }
            int position = answers.require(theirs);
            added.put(name, added(name, position, answers.field(position), defaults));
        });
        return added;
    }

    private static String free(String name, Schema input) {
        String free = "their_" + name;
        while (input.contains(free)) {
            free = free + "_";
        }
        return free;
    }

    private AddedColumn added(String name, int position, Field theirs, Map<String, Object> defaults) {
        Column value = null;
        if (defaults.containsKey(name)) {
            try {
                value = Literal.of(defaults.get(name), theirs.type(), "default");
            } catch (MillraceException wrong) {
                throw wrong.during("enrich, missing, column '" + name + "'");
            }
        }
        boolean leavesNull = settings.missing() instanceof Missing.SetNull
                || settings.missing() instanceof Missing.Default && value == null;
        return new AddedColumn(position, new Field(name, theirs.type(), theirs.nullable() || leavesNull), value);
    }
}
