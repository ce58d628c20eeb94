"""An emulator for a test class, and a small release to deploy to it."""

import io
import os
import shutil
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

import boto3

from runner import emulator, prerequisites, processes, releasing
from runner.environments import Environment
from runner.releasing import Release
from runner.settings import REGION, Settings, port

# Fixed, so that two runs at once are told of each other.
PORT = 4866

ROOT_TEMPLATE = """
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Stage: { Type: String }
Resources:
  Parts:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./infra/parts.yaml
      Parameters: { Stage: !Ref Stage }
  SiteBucket:
    Type: AWS::S3::Bucket
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{ Id: site, DomainName: !GetAtt SiteBucket.RegionalDomainName, S3OriginConfig: {} }]
        DefaultCacheBehavior: { TargetOriginId: site, ViewerProtocolPolicy: allow-all }
Outputs:
  Stage: { Value: !Ref Stage }
  Currency: { Value: GBP }
  DistributionId: { Value: !Ref Distribution }
  RealtimeUrl: { Value: "wss://realtime.example.com" }
  SiteBucketName: { Value: !Ref SiteBucket }
  SiteUrl: { Value: "https://shop.example.com" }
  UserPoolClientId: { Value: client }
  UserPoolId: { Value: pool }
  Version: { Value: VERSION }
"""

PARTS_TEMPLATE = """
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String }
Globals:
  Function:
    AutoPublishAlias: live
    AutoPublishAliasAllProperties: true
    Handler: bootstrap
    Runtime: provided.al2023
Resources:
  Answer:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ../functions/answer.zip
      Description: Answers.
      Environment: { Variables: { STAGE: !Ref Stage } }
"""


class EmulatedTest(unittest.TestCase):
    """Tests whose AWS is an emulator that nobody else uses; it starts with the class and ends with it."""

    @classmethod
    def setUpClass(cls) -> None:
        """Starts the emulator."""
        cls.folder = Path(tempfile.mkdtemp(prefix="ironmonger-delivery-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.settings = Settings(
            port=port("DELIVERY_PORT", PORT),
            simulator_port=0,
            folder=cls.folder / "emulator",
            overrides={},
            detach=True,
        )
        emulator.ensure(cls.settings)
        cls.addClassCleanup(processes.stop, cls.settings, emulator.NAME)
        # Whoever is at the keyboard may have credentials for a real account: nothing here may see them.
        environment = emulator.aws_environment(cls.settings, dict(os.environ))
        environment.update(RELEASES_BUCKET="releases", CI="true", SAM_CLI_POLL_DELAY="0.5")
        patched = mock.patch.dict(os.environ, environment, clear=True)
        patched.start()
        cls.addClassCleanup(patched.stop)
        cls.client("s3").create_bucket(Bucket="releases", CreateBucketConfiguration={"LocationConstraint": REGION})

    @staticmethod
    def client(service: str):
        """A client of the emulator."""
        return boto3.Session(region_name=REGION).client(service)

    def environment(self, name: str, stage: str = "staging") -> Environment:
        """An environment that only this test has."""
        capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
        return Environment(name, f"ironmonger-{name}", REGION, capabilities, {"Stage": stage}, {})

    def release(self, version: str, trial: str = "exit 0") -> Release:
        """A release whose program does as its trial says."""
        folder = self.folder / "releases" / version
        for part in ("functions", "infra", "site/assets", "bin"):
            (folder / part).mkdir(parents=True)
        (folder / "template.yaml").write_text(ROOT_TEMPLATE.replace("VERSION", version))
        (folder / "infra" / "parts.yaml").write_text(PARTS_TEMPLATE)
        (folder / "functions" / "answer.zip").write_bytes(_package(f"#!/bin/sh\n# {version}\n"))
        (folder / "site" / "index.html").write_text(f"<script src=/assets/{version}.js></script>")
        (folder / "site" / "assets" / f"{version}.js").write_text(version)
        program = folder / "bin" / releasing.PROGRAM
        program.write_text(f"#!/bin/sh\n{trial}\n")
        program.chmod(0o755)
        return releasing.finish(folder, version, prerequisites.host_architecture())


def _package(code: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("bootstrap", code)
    return content.getvalue()
