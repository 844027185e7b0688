package io.millrace.core.airflow;

/** The Python functions of a DAG file. They hold nothing of a user's, and touch nothing outside. */
final class DagFunctions {
    /** What tasks run, and what they find in their environment. No user's text is part of a command: it would be run. */
    static final String COMMON =
            """
            # The commands are constant: all that varies goes through the environment, where no shell takes it apart.
            VALIDATE = 'exec "$MILLRACE" validate "$PIPELINE_FILE"'
            RUN = 'exec "$MILLRACE" run "$PIPELINE_FILE" --skip-empty --json'


            def _text(value):
                \"""A template that yields this text, whatever braces it holds and whatever it ends with.\"""
                return "{{ " + ascii(value) + " }}"


            def _window(unit, params, start, end):
                \"""Which rows a run takes: those it was triggered with, else those of its interval.\"""
                if params.get("start") or params.get("end"):
                    if not (params.get("start") and params.get("end")):
                        raise ValueError("a window has two ends: give both start and end, or neither")
                    return params["start"], params["end"]
                if unit == "none":
                    return "", ""
                if start is None or end is None or start == end:
                    raise ValueError("this run has no interval: trigger it with start and end")
                bounds = [pendulum.instance(bound).in_timezone(ZONE) for bound in (start, end)]
                if unit in ("hour", "day"):
                    bounds = [bound.start_of(unit) for bound in bounds]
                return bounds[0].isoformat(), bounds[1].isoformat()


            def _bound(unit, index):
                # Runs by hand and by assets have no data_interval_start on Airflow 3.
                return (
                    "{{ millrace_window('" + unit + "', params,"
                    " data_interval_start if data_interval_start is defined else none,"
                    " data_interval_end if data_interval_end is defined else none)[" + str(index) + "] }}"
                )


            def _environment(unit, pipeline_file=None):
                variables = {
                    "MILLRACE_START": _bound(unit, 0),
                    "MILLRACE_END": _bound(unit, 1),
                    "MILLRACE_SCHEDULED_BY": "{{ dag.dag_id }}/{{ run_id }}/{{ task.task_id }}, try {{ ti.try_number }}",
                }
                if pipeline_file is not None:
                    variables["MILLRACE"] = _text(MILLRACE)
                    variables["PIPELINE_FILE"] = _text(pipeline_file)
                return variables
            """;

    /** Called where nobody else is. */
    static final String LOGGING =
            """
            def _failed(context):
                \"""Called once when a run of this DAG has failed for good, or took too long.\"""
                logging.getLogger("millrace").error(
                    "%s has failed (%s); to see why: millrace runs, millrace status",
                    context.get("run_id") or context.get("dag_run"),
                    context.get("reason"),
                )
            """;

    /** Between DAGs that have the same times. */
    static final String WAITING =
            """
            class _Finished(ExternalTaskSensor):
                \"""Waits until another pipeline has finished the same interval. A run by hand has no such interval.\"""

                def poke(self, context):
                    run_type = context["dag_run"].run_type
                    return str(getattr(run_type, "value", run_type)) == "manual" or super().poke(context)
            """;

    private DagFunctions() {}

    /** Calls a function of the user's, {@code package.module.function}; imported when it is needed, not when DAGs are read. */
    static String notifying(String function) {
        int dot = function.lastIndexOf('.');
        return """
                def _failed(context):
                    \"""Called once when a run of this DAG has failed for good, or took too long.\"""
                    from importlib import import_module

                    import_module(%s).%s(context)
                """
                .formatted(PythonText.literal(function.substring(0, dot)), function.substring(dot + 1));
    }
}
