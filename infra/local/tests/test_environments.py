"""What samconfig.toml says fits what the templates ask for."""

import unittest

from samcli.yamlhelper import yaml_parse

from runner import environments, releasing
from runner.console import Problem
from runner.toolbox import ROOT


class EnvironmentsTest(unittest.TestCase):
    """The environments on AWS."""

    def test_each_environment_is_its_own(self) -> None:
        """Its stack is called as the deploying role expects, and its stage as itself."""
        for name in ("staging", "production"):
            environment = environments.load(name)
            self.assertEqual((environment.stack, environment.parameters["Stage"]), (f"ironmonger-{name}", name))
            self.assertEqual(environment.is_production, name == "production")

    def test_what_is_set_is_a_parameter(self) -> None:
        """A misspelt one would be found out by the first deployment only."""
        known = yaml_parse((ROOT / "template.yaml").read_text())["Parameters"]
        of_edge = yaml_parse((ROOT / releasing.EDGE).read_text())["Parameters"]
        for name in ("staging", "production"):
            environment = environments.load(name)
            self.assertLessEqual(environment.parameters.keys(), known.keys())
            self.assertLessEqual(environment.edge_parameters.keys(), of_edge.keys())
        # What the edge's stack gives is taken as parameters, by the same names.
        outputs = yaml_parse((ROOT / releasing.EDGE).read_text())["Outputs"]
        self.assertLessEqual(outputs.keys(), known.keys())

    def test_others_are_refused(self) -> None:
        """The local one is not for deploying."""
        for name in ("local", "version", "stagin"):
            with self.assertRaisesRegex(Problem, "there are staging, production"):
                environments.load(name)
