"""Runs the emulator with one defect of ministack 1.5 mended; started by `emulator.py` as a program of its own.

When a nested stack is updated, ministack forgets the attributes of those of its resources that did not change, and
any `Fn::GetAtt` of them then fails the update. Their update handlers, given equal properties, change nothing and
answer with the attributes. Once upstream keeps them, this file can go and `ministack` be started directly.
"""

from ministack.app import main
from ministack.services.cloudformation import provisioners

_update = provisioners._update_resource


def _update_keeping_attributes(
    resource_type, physical_id, old_properties, new_properties, stack, logical_id=None, old_attributes=None
):
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


if __name__ == "__main__":
    provisioners._update_resource = _update_keeping_attributes
    main()
