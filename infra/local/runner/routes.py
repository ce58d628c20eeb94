"""Gives the emulated HTTP APIs the routes and authorizers of the templates.

The emulator does not import the OpenAPI documents that SAM writes into the APIs' `Body`, so what they say is
read from the processed templates and made through the API Gateway API. Once it does, this file can go.
"""

import json
import re
from dataclasses import dataclass

from .deploy import nested_stacks, resources
from .emulator import client
from .settings import REGION, Settings

ACCOUNT = "000000000000"
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


@dataclass(frozen=True)
class Route:
    """What answers a method and a path, and the authorizer that is asked before, if any."""

    function: str
    authorizer: str | None


def reconcile(settings: Settings) -> None:
    """Adds, changes and removes routes until they are those of the deployed templates."""
    cloudformation = client(settings.endpoint, "cloudformation")
    for stack in nested_stacks(settings):
        ids = {item["LogicalResourceId"]: item["PhysicalResourceId"] for item in resources(settings, stack)}
        if "Api" in ids:
            body = cloudformation.get_template(StackName=stack, TemplateStage="Processed")["TemplateBody"]
            template = body if isinstance(body, dict) else json.loads(body)
            parameters = cloudformation.describe_stacks(StackName=stack)["Stacks"][0].get("Parameters", [])
            values = {item["ParameterKey"]: item["ParameterValue"] for item in parameters}
            document = template["Resources"]["Api"]["Properties"]["Body"]
            authorizers = _reconcile_authorizers(settings, ids["Api"], document, values)
            _reconcile_routes(settings, ids, document, authorizers)


def _reconcile_authorizers(settings: Settings, api: str, document: dict, values: dict[str, str]) -> dict[str, str]:
    """Makes the authorizers of an API; gives their ids by name."""
    gateway = client(settings.endpoint, "apigatewayv2")
    present = {item["Name"]: item["AuthorizerId"] for item in gateway.get_authorizers(ApiId=api)["Items"]}
    wanted = document.get("components", {}).get("securitySchemes", {})
    for name, scheme in wanted.items():
        said = scheme["x-amazon-apigateway-authorizer"]
        issuer, audience = said["jwtConfiguration"]["issuer"], said["jwtConfiguration"]["audience"]
        settled = {
            "AuthorizerType": "JWT",
            "IdentitySource": [said["identitySource"]],
            "JwtConfiguration": {
                "Issuer": values[issuer["Ref"]],
                "Audience": [values[client_id["Ref"]] for client_id in audience],
            },
        }
        if name in present:
            gateway.update_authorizer(ApiId=api, AuthorizerId=present[name], **settled)
        else:
            present[name] = gateway.create_authorizer(ApiId=api, Name=name, **settled)["AuthorizerId"]
    return present


def _reconcile_routes(settings: Settings, ids: dict[str, str], document: dict, authorizers: dict[str, str]) -> None:
    api = ids["Api"]
    gateway = client(settings.endpoint, "apigatewayv2")
    wanted = _wanted(document)
    integrations = {
        item["IntegrationId"]: item["IntegrationUri"]
        for page in gateway.get_paginator("get_integrations").paginate(ApiId=api)
        for item in page["Items"]
    }
    present = {
        item["RouteKey"]: item
        for page in gateway.get_paginator("get_routes").paginate(ApiId=api)
        for item in page["Items"]
    }
    for key, item in present.items():
        if key not in wanted:
            gateway.delete_route(ApiId=api, RouteId=item["RouteId"])
            gateway.delete_integration(ApiId=api, IntegrationId=_integration(item))
    for key, route in wanted.items():
        uri = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{ids[route.function]}"
        access = {"AuthorizationType": "NONE"}
        if route.authorizer is not None:
            access = {"AuthorizationType": "JWT", "AuthorizerId": authorizers[route.authorizer]}
        item = present.get(key)
        if item is None:
            created = gateway.create_integration(
                ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=uri, PayloadFormatVersion="2.0"
            )
            gateway.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{created['IntegrationId']}", **access)
            continue
        if integrations.get(_integration(item)) != uri:
            gateway.update_integration(ApiId=api, IntegrationId=_integration(item), IntegrationUri=uri)
        if {name: item.get(name) for name in access} != access:
            gateway.update_route(ApiId=api, RouteId=item["RouteId"], **access)


def _integration(item: dict) -> str:
    return item["Target"].removeprefix("integrations/")


def _wanted(document: dict) -> dict[str, Route]:
    """The routes of an OpenAPI document, with functions and authorizers by their names in the template."""
    wanted = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                uri = operations[method]["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
                schemes = [name for scheme in operations[method].get("security", []) for name in scheme]
                function = re.search(r"\$\{(\w+)\.Arn\}", uri)[1]
                wanted[f"{method.upper()} {path}"] = Route(function, schemes[0] if schemes else None)
    return wanted
