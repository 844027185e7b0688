package io.millrace.testkit.loader;

import io.millrace.api.DirectLoader;

/** A direct target reached over a network that can lose the answer to a commit. */
public interface LossyTarget extends AutoCloseable {
    /** A new loader that reaches the target over this network; the contract closes it. */
    DirectLoader loader();

    /** The next commit takes effect, and whoever has asked for it never hears of it. */
    void loseNextCommitAnswer();

    @Override
    void close();
}
