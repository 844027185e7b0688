"""Executes DAG files against stand-ins for the names that one generation of Airflow has, and prints what they declare.

execute.py 2|3 FILE...
"""

import datetime
import importlib.util
import json
import sys
import types
import zoneinfo

try:
    import jinja2
except ImportError:
    jinja2 = None

GENERATION = sys.argv[1]
COMMON = {
    "dag_id", "description", "schedule", "start_date", "end_date", "template_undefined", "user_defined_macros",
    "user_defined_filters", "default_args", "max_active_tasks", "max_active_runs", "dagrun_timeout", "catchup",
    "on_success_callback", "on_failure_callback", "doc_md", "params", "access_control", "tags",
}
DAG_ARGUMENTS = {"2": COMMON | {"schedule_interval", "concurrency", "sla_miss_callback"}, "3": COMMON}[GENERATION]
OPERATOR = {
    "task_id", "owner", "retries", "retry_delay", "execution_timeout", "trigger_rule", "inlets", "outlets",
    "do_xcom_push", "env", "append_env", "bash_command", "skip_on_exit_code",
}
SENSOR = {
    "task_id", "owner", "external_dag_id", "allowed_states", "failed_states", "check_existence", "deferrable", "mode",
    "poke_interval", "timeout",
}
SPARK = {
    "task_id", "owner", "retries", "retry_delay", "execution_timeout", "trigger_rule", "inlets", "outlets", "conn_id",
    "name", "application", "java_class", "application_args", "env_vars",
}
loaded = []
groups = []


def module(name, **members):
    made = types.ModuleType(name)
    made.__path__ = []
    made.__dict__.update(members)
    sys.modules[name] = made


class DAG:
    def __init__(self, **arguments):
        unknown = set(arguments) - DAG_ARGUMENTS
        if unknown:
            raise TypeError("DAG has no " + ", ".join(sorted(unknown)))
        self.arguments = arguments
        self.tasks = {}
        self.edges = []

    def __enter__(self):
        loaded.append(self)
        return self

    def __exit__(self, *ignored):
        pass


class Asset:
    def __init__(self, uri):
        self.uri = uri

    def __or__(self, other):
        return AssetAny([self, other])


class AssetAny:
    def __init__(self, assets):
        self.assets = assets

    def __or__(self, other):
        return AssetAny(self.assets + [other])


class Param:
    def __init__(self, default, **schema):
        self.default = default
        self.schema = schema


class TaskGroup:
    def __init__(self, group_id):
        if "." in group_id:
            raise ValueError("a group's name has no dots")
        self.group_id = group_id

    def __enter__(self):
        groups.append(self.group_id)

    def __exit__(self, *ignored):
        groups.pop()


class Operator:
    known = OPERATOR

    def __init__(self, **arguments):
        unknown = set(arguments) - self.known
        if unknown:
            raise TypeError(type(self).__name__ + " has no " + ", ".join(sorted(unknown)))
        self.task_id = ".".join(groups + [arguments.pop("task_id")])
        self.arguments = arguments
        self.dag = loaded[-1]
        if self.task_id in self.dag.tasks:
            raise ValueError("two tasks are called " + self.task_id)
        self.dag.tasks[self.task_id] = self

    def __rshift__(self, other):
        self.dag.edges.append([self.task_id, other.task_id])
        return other


class BashOperator(Operator):
    pass


class SparkSubmitOperator(Operator):
    known = SPARK


class ExternalTaskSensor(Operator):
    known = SENSOR

    def poke(self, context):
        return "asked"


class CronDataIntervalTimetable:
    def __init__(self, cron, timezone):
        zoneinfo.ZoneInfo(timezone)
        self.text = cron + " in " + timezone


class Moment(datetime.datetime):
    def in_timezone(self, zone):
        return instance(self.astimezone(zoneinfo.ZoneInfo(zone)))

    def start_of(self, unit):
        cut = {"minute": 0, "second": 0, "microsecond": 0}
        if unit == "day":
            cut["hour"] = 0
        return instance(self.replace(**cut))


def instance(moment):
    return Moment(
        moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, moment.microsecond,
        tzinfo=moment.tzinfo,
    )


module(
    "pendulum",
    datetime=lambda year, month, day, tz: Moment(year, month, day, tzinfo=zoneinfo.ZoneInfo(tz)),
    instance=instance,
)
if GENERATION == "2":
    module("airflow", DAG=DAG)
    module("airflow.datasets", Dataset=Asset)
    module("airflow.models")
    module("airflow.models.param", Param=Param)
    module("airflow.utils")
    module("airflow.utils.task_group", TaskGroup=TaskGroup)
    module("airflow.operators")
    module("airflow.operators.bash", BashOperator=BashOperator)
    module("airflow.sensors")
    module("airflow.sensors.external_task", ExternalTaskSensor=ExternalTaskSensor)
else:
    module("airflow")
    module("airflow.sdk", DAG=DAG, Asset=Asset, Param=Param, TaskGroup=TaskGroup)
    for name in ("", ".operators", ".sensors"):
        module("airflow.providers.standard" + name)
    module("airflow.providers.standard.operators.bash", BashOperator=BashOperator)
    module("airflow.providers.standard.sensors.external_task", ExternalTaskSensor=ExternalTaskSensor)
module("airflow.timetables")
module("airflow.timetables.interval", CronDataIntervalTimetable=CronDataIntervalTimetable)
for name in ("", ".apache", ".apache.spark", ".apache.spark.operators"):
    if "airflow.providers" + name not in sys.modules:
        module("airflow.providers" + name)
module("airflow.providers.apache.spark.operators.spark_submit", SparkSubmitOperator=SparkSubmitOperator)


def plain(value):
    if isinstance(value, Asset):
        return value.uri
    if isinstance(value, AssetAny):
        return {"any": [asset.uri for asset in value.assets]}
    if isinstance(value, CronDataIntervalTimetable):
        return value.text
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, Param):
        return value.default
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value.__name__ if callable(value) else value


def render(dag, task, value, context):
    if isinstance(value, dict):
        return {key: render(dag, task, one, context) for key, one in value.items()}
    if isinstance(value, list):
        return [render(dag, task, one, context) for one in value]
    if not isinstance(value, str) or value.endswith((".sh", ".bash")):
        return value
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.globals.update(dag.arguments["user_defined_macros"])
    try:
        return environment.from_string(value).render(context)
    except ValueError as refused:
        return "refused: " + str(refused)


def contexts(dag, task):
    common = {
        "dag": types.SimpleNamespace(dag_id=dag.arguments["dag_id"]),
        "task": task,
        "run_id": "some run",
        "ti": types.SimpleNamespace(try_number=2),
        "params": {"start": None, "end": None},
    }
    start = datetime.datetime(2026, 3, 1, 18, 30, tzinfo=datetime.timezone.utc)
    end = start + datetime.timedelta(days=1)
    yield "scheduled", {**common, "data_interval_start": instance(start), "data_interval_end": instance(end)}
    yield "triggered", {**common, "params": {"start": "2026-01-01", "end": "2026-01-02"}}
    yield "half", {**common, "params": {"start": "2026-01-01", "end": None}}
    yield "without", common


def describe(dag):
    tasks = {}
    for name, task in dag.tasks.items():
        rendered = {}
        for kind, context in contexts(dag, task) if jinja2 else ():
            fields = {
                key: task.arguments[key]
                for key in ("bash_command", "env", "env_vars", "application", "application_args")
                if key in task.arguments
            }
            rendered[kind] = render(dag, task, fields, context)
        poked = {}
        if isinstance(task, ExternalTaskSensor):
            for kind in ("scheduled", "manual", "backfill"):
                poked[kind] = task.poke({"dag_run": types.SimpleNamespace(run_type=kind)})
        tasks[name] = {
            "type": type(task).__mro__[-3].__name__,
            "arguments": plain(task.arguments),
            "rendered": rendered,
            "poked": poked,
        }
    return {"arguments": plain(dag.arguments), "tasks": tasks, "edges": sorted(dag.edges)}


result = {"jinja": jinja2 is not None, "files": {}}
for file in sys.argv[2:]:
    with open(file, encoding="utf-8") as source:
        compile(source.read(), file, "exec")
    spec = importlib.util.spec_from_file_location("dag_" + str(len(result["files"])), file)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    (dag,) = loaded
    loaded.clear()
    result["files"][file.rsplit("/", 1)[-1]] = describe(dag)
print(json.dumps(result))
