package io.millrace.api;

/** Thrown by a settings record's constructor where the value of one key is refused. */
public final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String key;

    /**
     * @param key as written in the pipeline file
     * @param problem what is wrong and what would be right, without the key
     */
    public InvalidSetting(String key, String problem) {
        super(problem);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
