"""An environment from its first deployment to its end, beside another one."""

import contextlib
import os
from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

from runner import cloud, destroying, environments, history, publishing, versions
from runner.console import Problem
from runner.environments import Environment

from .emulated import EmulatedTest

# A trial that fails once, where a file says so.
TRIAL = '[ ! -e "$FAILS_ONCE" ] || { rm "$FAILS_ONCE"; exit 1; }'


class DeliveryTest(EmulatedTest):
    """`make deploy`, `make rollback` and `make destroy`."""

    def setUp(self) -> None:
        """No file of the checkout is touched, and the emulator is quick."""
        for patched in (
            mock.patch.object(cloud, "DEPLOYMENTS", self.folder / "deployments"),
            mock.patch.object(destroying, "POLL_SECONDS", 1),
        ):
            patched.start()
            self.addCleanup(patched.stop)
        cloud.DEPLOYMENTS.mkdir(exist_ok=True)
        self.fails_once = self.folder / "fails-once"
        os.environ["FAILS_ONCE"] = str(self.fails_once)

    def test_a_release_is_deployed_taken_back_and_the_environment_removed(self) -> None:
        """The whole way, with a neighbour who must not notice."""
        shop, neighbour = self.environment("here"), self.environment("neighbour")
        first, second = self.release("v1", TRIAL), self.release("v2", TRIAL)
        with self.known(shop, neighbour):
            cloud.deploy("neighbour", str(first.folder))
            cloud.deploy("here", str(first.folder))
            cloud.deploy("here", str(second.folder))
            self.assertEqual(self.deployed(shop), ("v2", "v2", ["v1", "v2"]))
            self.assertEqual(self.caching(shop, "index.html"), "no-cache")
            self.assertEqual(self.caching(shop, "assets/v2.js"), publishing.IMMUTABLE)
            # A page that was opened before asks for it.
            self.assertEqual(self.caching(shop, "assets/v1.js"), publishing.IMMUTABLE)

            self.fails_once.touch()
            third = self.release("v3", TRIAL)
            with self.assertRaisesRegex(Problem, "v3 was not deployed to here: v2 is there again"):
                cloud.deploy("here", str(third.folder))
            self.assertEqual(self.deployed(shop), ("v2", "v2", ["v1", "v2"]))

            with (
                mock.patch.object(cloud.build, "compile_tools"),
                mock.patch.object(cloud.build, "binary", lambda _name: first.program),
            ):
                cloud.rollback("here", None)
            self.assertEqual(self.deployed(shop), ("v1", "v1", ["v1", "v2", "v1"]))

            self.only_the_latest_versions_stay(neighbour)
            history.add(neighbour, "theirs")
            buckets, before = self.buckets(shop), self.deployed(neighbour)
            with self.typed("ironmonger-neighbour"), self.assertRaisesRegex(Problem, "Nothing was removed"):
                destroying.destroy("here")
            with self.typed("ironmonger-here"):
                destroying.destroy("here")
            self.assertIsNone(shop.outputs())
            self.assertFalse(buckets & {bucket["Name"] for bucket in self.client("s3").list_buckets()["Buckets"]})
            self.assertEqual(self.deployed(neighbour), before)

    def only_the_latest_versions_stay(self, environment: Environment) -> None:
        """What nobody calls is removed, but for the two before."""
        functions = self.client("lambda")
        resources = environments.resources(self.client("cloudformation"), environment.stack)
        [name] = [item["PhysicalResourceId"] for item in resources if item["ResourceType"] == "AWS::Lambda::Function"]
        called = functions.get_alias(FunctionName=name, Name="live")["FunctionVersion"]
        for memory in range(200, 206):
            functions.update_function_configuration(FunctionName=name, MemorySize=memory)
            latest = int(functions.publish_version(FunctionName=name)["Version"])
        versions.prune(environment)
        kept = [item["Version"] for item in functions.list_versions_by_function(FunctionName=name)["Versions"]]
        self.assertEqual(set(kept), {"$LATEST", called, *(str(latest - back) for back in range(versions.KEPT + 1))})

    def test_files_that_no_page_asks_for_go_after_a_while(self) -> None:
        """A page that is open still finds its own; what has no hash in its name goes at once."""
        s3 = self.client("s3")
        s3.create_bucket(Bucket="site", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})

        def published(keep: timedelta, *keys: str) -> set[str]:
            publishing.publish(s3, "site", {key: key.encode() for key in keys}, keep)
            return {item["Key"] for item in s3.list_objects_v2(Bucket="site")["Contents"]}

        published(timedelta(), "index.html", "old.txt", "assets/one.js")
        day = timedelta(days=1)
        self.assertEqual(
            published(day, "index.html", "assets/two.js"), {"index.html", "assets/one.js", "assets/two.js"}
        )
        self.assertEqual(published(timedelta(), "index.html", "assets/two.js"), {"index.html", "assets/two.js"})

    def test_nothing_is_gone_back_to_where_nothing_was(self) -> None:
        """A first release that fails is told of as such, and so is a rollback without one."""
        shop = self.environment("new")
        self.fails_once.touch()
        release = self.release("v0", TRIAL)
        with self.known(shop), mock.patch.object(history, "read", return_value=[]):
            with self.assertRaisesRegex(Problem, "there is none before it to go back to"):
                cloud.deploy("new", str(release.folder))
            with self.assertRaisesRegex(Problem, "Nothing was deployed to new before"):
                cloud.rollback("new", None)

    def test_production_gets_what_was_committed(self) -> None:
        """A release that nobody can build again is for trying out."""
        production, release = self.environment("bazaar", stage="production"), self.release("v9-dirty")
        with self.known(production), self.assertRaisesRegex(Problem, "changes that nobody committed"):
            cloud.deploy("bazaar", str(release.folder))

    def test_production_is_removed_on_purpose_only(self) -> None:
        """A name that is typed out of habit is not enough."""
        production = self.environment("market", stage="production")
        with (
            self.known(production),
            mock.patch.object(Environment, "outputs", return_value={}),
            self.typed("ironmonger-market"),
            self.assertRaisesRegex(Problem, "REALLY="),
        ):
            destroying.destroy("market")

    def test_other_settings_make_other_versions(self) -> None:
        """Functions behind an alias differ where parameters do; others are left as they are."""
        function = {"Type": "AWS::Serverless::Function", "Properties": {"Description": "Answers."}}

        def told(globals_: dict) -> str:
            template = {
                "Globals": {"Function": globals_},
                "Resources": {"A": {**function, "Properties": {**function["Properties"]}}},
            }
            return cloud.marked(template, "1a2b")["Resources"]["A"]["Properties"]["Description"]

        self.assertEqual(told({"AutoPublishAlias": "live"}), "Answers. (settings 1a2b)")
        self.assertEqual(told({}), "Answers.")

    @contextlib.contextmanager
    def known(self, *known: Environment) -> Iterator[None]:
        """For as long as these are all environments."""
        by_name = {environment.name: environment for environment in known}
        with mock.patch.object(environments, "load", by_name.__getitem__):
            yield

    @staticmethod
    def typed(text: str):
        """For as long as somebody types this when asked."""
        return mock.patch("builtins.input", return_value=text)

    def deployed(self, environment: Environment) -> tuple[str, str, list[str]]:
        """The version that the stack says, the one that the site says, and what is told of the past."""
        outputs = environment.outputs()
        page = self.client("s3").get_object(Bucket=outputs["SiteBucketName"], Key="index.html")["Body"].read().decode()
        site = page.removeprefix("<script src=/assets/").removesuffix(".js></script>")
        return outputs["Version"], site, history.read(environment)

    def caching(self, environment: Environment, key: str) -> str:
        """What caches are told of a file of the site."""
        bucket = environment.outputs()["SiteBucketName"]
        return self.client("s3").head_object(Bucket=bucket, Key=key)["CacheControl"]

    def buckets(self, environment: Environment) -> set[str]:
        """The environment's buckets."""
        found = environments.resources(self.client("cloudformation"), environment.stack)
        return {item["PhysicalResourceId"] for item in found if item["ResourceType"] == "AWS::S3::Bucket"}
