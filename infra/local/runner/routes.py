"""Gives the emulated HTTP API the routes of the template.

The emulator does not import the OpenAPI document that SAM writes into the API's `Body`, so the routes are
read from the processed template and made through the API Gateway API. Once it does, this file can go.
"""

import json
import re

from .deploy import physical_ids
from .emulator import client
from .settings import REGION, STACK, Settings

ACCOUNT = "000000000000"
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


def reconcile(settings: Settings) -> None:
    """Adds, changes and removes routes until they are those of the deployed template."""
    ids = physical_ids(settings)
    api = ids["Api"]
    gateway = client(settings.endpoint, "apigatewayv2")
    wanted = {key: ids[function] for key, function in _wanted(settings).items()}
    integrations = {
        item["IntegrationId"]: item["IntegrationUri"] for item in gateway.get_integrations(ApiId=api)["Items"]
    }
    present = {
        item["RouteKey"]: (item["RouteId"], item["Target"].removeprefix("integrations/"))
        for item in gateway.get_routes(ApiId=api)["Items"]
    }
    for key, (route, integration) in present.items():
        if key not in wanted:
            gateway.delete_route(ApiId=api, RouteId=route)
            gateway.delete_integration(ApiId=api, IntegrationId=integration)
    for key, function in wanted.items():
        uri = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}"
        if key not in present:
            created = gateway.create_integration(
                ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=uri, PayloadFormatVersion="2.0"
            )
            gateway.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{created['IntegrationId']}")
        elif integrations.get(present[key][1]) != uri:
            gateway.update_integration(ApiId=api, IntegrationId=present[key][1], IntegrationUri=uri)


def _wanted(settings: Settings) -> dict[str, str]:
    """The function of each route, both by their names in the template."""
    cloudformation = client(settings.endpoint, "cloudformation")
    body = cloudformation.get_template(StackName=STACK, TemplateStage="Processed")["TemplateBody"]
    template = body if isinstance(body, dict) else json.loads(body)
    wanted = {}
    for path, operations in template["Resources"]["Api"]["Properties"]["Body"]["paths"].items():
        for method in METHODS:
            if method in operations:
                uri = operations[method]["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
                wanted[f"{method.upper()} {path}"] = re.search(r"\$\{(\w+)\.Arn\}", uri)[1]
    return wanted
