"""Runs the emulator with what ministack 1.5 lacks; started by `emulator.py` as a program of its own.

Four defects are mended, each told of at its function, the processes of one function are limited in number, and
CloudWatch is completed (see `cloudwatch`). Once upstream does all, this can go and `ministack` be started directly.
"""

import copy
import threading
from collections import defaultdict

import cloudwatch
from ministack.app import main
from ministack.core import iam_actions
from ministack.services import dynamodb, lambda_svc
from ministack.services.cloudformation import engine, provisioners

# Each process of a function keeps threads of the emulator busy: hundreds bring a small machine to a standstill.
PROCESSES_PER_FUNCTION = 16

BATCHES = ("sqs:SendMessageBatch", "sqs:DeleteMessageBatch", "sqs:ChangeMessageVisibilityBatch")

_parse = engine._parse_template
_update = provisioners._update_resource
_extract = iam_actions.extract_iam_action
_execute = lambda_svc._execute_function_provided_warm
_places = defaultdict(lambda: threading.BoundedSemaphore(PROCESSES_PER_FUNCTION))
_get_state = dynamodb.get_state
_restore_state = dynamodb._restore_state


def _parse_as_nested(body):
    """The template of a nested stack is not transformed: whoever asks the engine for this function by name is about to
    make one. Other callers of it have their own reference, and transform what they get.
    """
    template = _parse(body)
    is_serverless = engine._SAM_TRANSFORM in engine.declared_transforms(template)
    return engine._apply_transforms(template) if is_serverless else template


def _update_keeping_attributes(
    resource_type, physical_id, old_properties, new_properties, stack, logical_id=None, old_attributes=None
):
    """When a nested stack is updated, the attributes of those of its resources that did not change are forgotten.

    Any `Fn::GetAtt` of them then fails the update. Their update handlers, given equal properties, change nothing
    and answer with the attributes.
    """
    kept_id, attributes = _update(
        resource_type, physical_id, old_properties, new_properties, stack, logical_id, old_attributes
    )
    handler = provisioners._RESOURCE_HANDLERS.get(resource_type, {})
    if attributes or old_properties != new_properties or "update" not in handler:
        return kept_id, attributes
    arguments = [physical_id, old_properties, new_properties, stack]
    if handler.get("update_with_logical_id"):
        arguments.append(logical_id)
    return handler["update"](*arguments)


def _extract_as_iam_does(*arguments, **named):
    """SQS's batch calls have no IAM actions of their own: the right to the single call covers them."""
    action = _extract(*arguments, **named)
    return action.removesuffix("Batch") if action in BATCHES else action


def _execute_in_turn(function, event, request_id):
    """Runs a function when it has a place; the time it waits is not counted as its own. No function calls another."""
    with _places[function["config"]["FunctionName"]]:
        return _execute(function, event, request_id)


def _get_state_with_streams():
    """How far functions have read a stream outlives a restart but the stream does not: its next records were lost."""
    streams = {"records": dynamodb._stream_records, "trimmed": dynamodb._stream_trimmed}
    return {**_get_state(), "streams": copy.deepcopy(streams)}


def _restore_state_with_streams(data):
    _restore_state(data)
    streams = (data or {}).get("streams")
    if streams:
        dynamodb._stream_records.update(streams["records"])
        dynamodb._stream_trimmed.update(streams["trimmed"])


if __name__ == "__main__":
    lambda_svc._execute_function_provided_warm = _execute_in_turn
    dynamodb.get_state = _get_state_with_streams
    dynamodb._restore_state = _restore_state_with_streams
    engine._parse_template = _parse_as_nested
    provisioners._update_resource = _update_keeping_attributes
    iam_actions.extract_iam_action = _extract_as_iam_does
    cloudwatch.install()
    main()
