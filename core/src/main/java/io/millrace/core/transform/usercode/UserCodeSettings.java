package io.millrace.core.transform.usercode;

import io.millrace.api.Setting;
import java.util.Optional;

/** The settings of {@code java}. */
record UserCodeSettings(
        @Setting(
                        value = "The public class: a Transform, a RecordTransform or a TransformFactory.",
                        name = "class",
                        example = "com.example.MyTransform")
                String className,
        @Setting("What the class is made with: its settings record, or a map.") Optional<UserOptions> options) {}
