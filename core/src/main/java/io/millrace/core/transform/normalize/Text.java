package io.millrace.core.transform.normalize;

import io.millrace.api.Setting;
import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import java.util.Map;
import java.util.Optional;

/** Brings text that means the same to the same bytes. */
public record Text(
        @Setting(
                        value = "The normal form of Unicode: nfc, nfd, nfkc, nfkd, or none.",
                        defaultValue = "nfc",
                        example = "nfkc")
                NormalForm form,
        @Setting(value = "Whether upper and lower case become the same.", defaultValue = "false") boolean foldCase)
        implements Rule {
    public Text {
        if (form == NormalForm.NONE && !foldCase) {
            throw new IllegalArgumentException("changes nothing: choose a form, or fold_case: true");
        }
    }

    @Override
    public String kind() {
        return "text";
    }

    @Override
    public Optional<Learned> given() {
        return Optional.of(Learned.ofNumbers(Map.of()));
    }

    @Override
    public Kernel kernel(Field input, String name, Learned parameters) {
        return new TextKernel(input, name, form, foldCase);
    }
}
