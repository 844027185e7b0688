package io.millrace.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a settings record, from which pipeline files are bound and their JSON Schema and reference are
 * generated.
 *
 * <p>A component {@code timeColumn} is the key {@code time_column}. Its type is one of: String, {@link Secret}, boolean,
 * int, long, double, an enum (constants in lower case), {@link java.time.Duration} ({@code 200ms}, {@code 10m}, {@code 7d}),
 * {@link ByteSize} ({@code 128MB}), {@link java.time.Instant}, {@link java.time.ZoneId}, {@link java.time.LocalDate},
 * {@link io.millrace.api.data.DataType}, Object (any scalar as YAML reads it), a type with a static method
 * {@code fromYaml(Object)} that makes it from plain values of any form (and {@code yamlSchema()}, the JSON Schema of them as a
 * map, for editors, in which a settings class stands for its own; and {@code yamlSettings(List)}, the settings class, if
 * any, of what stands at these keys below, of which {@code fromYaml} is then given the record), another settings record, List and Map (keys
 * are text) and Optional of these, or a sealed interface of records. Of the latter, a record named {@code ReplaceWindow} is
 * written {@code replace_window} where it has no required component, and {@code {replace_window: {…}}} otherwise.
 *
 * <p>A component is required unless it is Optional, a List or Map (empty when absent), or has a default. A record's compact
 * constructor may throw {@link InvalidSetting} or IllegalArgumentException to refuse a combination; the message is shown
 * with the place in the file.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** What it does, in a sentence or two for the reference. */
    String value();

    /** The key, where it cannot be told from the component's name: {@code class}, say. */
    String name() default "";

    /** The value, as YAML text, that an absent key has. */
    String defaultValue() default "";

    /** An example value for the reference, as YAML text. */
    String example() default "";

    /** True where the record consists of this component alone and is written as its bare value, without the key. */
    boolean inline() default false;

    /** True for a map whose meaning depends on the order of its keys, so that another order is another definition. */
    boolean ordered() default false;
}
