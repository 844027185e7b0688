package io.millrace.core.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of the expressions below another one. */
final class Children {
    private Children() {}

    static List<Expression> of(Expression first, List<Expression> others) {
        List<Expression> all = new ArrayList<>();
        all.add(first);
        all.addAll(others);
        return List.copyOf(all);
    }

    static List<Expression> of(List<Expression> first, Optional<Expression> last) {
        List<Expression> all = new ArrayList<>(first);
        last.ifPresent(all::add);
        return List.copyOf(all);
    }

    static List<Expression> of(Optional<Expression> first, List<Expression.When> branches, Optional<Expression> last) {
        List<Expression> all = new ArrayList<>();
        first.ifPresent(all::add);
        branches.forEach(branch -> {
            all.add(branch.condition());
            all.add(branch.result());
        });
        last.ifPresent(all::add);
        return List.copyOf(all);
    }
}
