package io.millrace.core.transform.normalize;

import java.text.Normalizer;

/** A normal form of Unicode (UAX #15). */
public enum NormalForm {
    /** Text stays as it is. */
    NONE(null),
    /** Composed letters. */
    NFC(Normalizer.Form.NFC),
    /** Letters and marks apart. */
    NFD(Normalizer.Form.NFD),
    /** Composed, and compatible characters replaced: full-width letters, ligatures. */
    NFKC(Normalizer.Form.NFKC),
    /** Apart, and compatible characters replaced. */
    NFKD(Normalizer.Form.NFKD);

    private final Normalizer.Form form;

    NormalForm(Normalizer.Form form) {
        this.form = form;
    }

    String of(String text) {
        return form == null ? text : Normalizer.normalize(text, form);
    }
}
