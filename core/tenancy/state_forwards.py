"""What an operation makes of the state of the models, without drawing all models anew for it.

Django renders, after every operation, the model and all that are related to it. Here nearly all models are related to
one another through the patient, so that hundreds of operations cost half a minute. SQL for one table needs that table's
model alone: tests/tenancy/test_compiled_schemas_equal_migrated_ones.py compares what comes out.
"""

from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelManagers,
    AlterModelOptions,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps

_OF_NO_COLUMN = (AddConstraint, RemoveConstraint, AddIndex, RemoveIndex, AlterModelOptions, AlterModelManagers)


def state_forwards(operation: Operation, app_label: str, state: ProjectState) -> None:
    """Change `state` as the operation's own `state_forwards` does; what was rendered of other models stays."""
    apps: StateApps | None = state.__dict__.get("apps")
    redrawn = _redrawn(operation, app_label, state)
    if apps is None or redrawn is None:
        operation.state_forwards(app_label, state)
        return
    # Without rendered models the state only notes the change.
    del state.__dict__["apps"]
    operation.state_forwards(app_label, state)
    state.__dict__["apps"] = apps
    for key in redrawn:
        if key in {(model._meta.app_label, model._meta.model_name) for model in apps.get_models()}:
            apps.unregister_model(*key)
        apps.render_multiple([state.models[key]])


def _redrawn(operation: Operation, app_label: str, state: ProjectState) -> list[tuple[str, str]] | None:
    """The models to draw anew; None where Django must decide, because other tables may change with this one."""
    if isinstance(operation, _OF_NO_COLUMN):
        return []
    if isinstance(operation, CreateModel):
        return [(app_label, operation.name_lower)]
    if isinstance(operation, AddField) and not operation.field.many_to_many:
        return [(app_label, operation.model_name_lower)]
    if isinstance(operation, AlterField) and not operation.field.is_relation:
        model = state.models[app_label, operation.model_name_lower]
        before = model.fields.get(operation.name)
        if before is None or not before.is_relation:
            return [(app_label, operation.model_name_lower)]
    return None
