"""What a release is made of, and that it is what it says."""

import tempfile
import unittest
from pathlib import Path

from samcli.yamlhelper import yaml_parse

from runner import build, releasing, sbom
from runner.console import Problem


class ReleaseTest(unittest.TestCase):
    """The folder and the archive of a release."""

    def setUp(self) -> None:
        """A small one."""
        folder = tempfile.TemporaryDirectory(prefix="ironmonger-release-")
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.folder = self.root / "ironmonger"
        (self.folder / "site").mkdir(parents=True)
        (self.folder / "site" / "index.html").write_text("hello")
        self.release = releasing.finish(self.folder, "v1.2.3", "arm64")

    def test_an_archive_is_the_folder_and_always_the_same(self) -> None:
        """Whoever builds the same gets the same, and whoever unpacks it has what was packed."""
        archive = releasing.pack(self.release)
        self.assertEqual(archive.name, "ironmonger-v1.2.3.tar.gz")
        before = archive.read_bytes()
        (self.folder / "site" / "index.html").touch()
        self.assertEqual(releasing.pack(self.release).read_bytes(), before)
        unpacked = releasing.unpack(archive, self.root / "unpacked")
        self.assertEqual((unpacked.version, unpacked.architecture), ("v1.2.3", "arm64"))
        self.assertEqual(unpacked.site(), {"index.html": b"hello"})

    def test_a_release_that_was_changed_is_refused(self) -> None:
        """Nothing is deployed that is not what was built."""
        (self.folder / "site" / "index.html").write_text("hullo")
        with self.assertRaisesRegex(Problem, "index.html is not what was released"):
            releasing.load(self.folder)
        with self.assertRaisesRegex(Problem, "is not a release"):
            releasing.load(self.root)
        (self.root / "text.tar.gz").write_text("no archive")
        with self.assertRaisesRegex(Problem, "is not a release"):
            releasing.unpack(self.root / "text.tar.gz", self.root / "unpacked")

    def test_every_function_of_every_template_has_its_package(self) -> None:
        """What the templates of a release name is in it, at the place that they say."""
        named = set()
        for template in build.TEMPLATES.values():
            depth = len(template.relative_to(releasing.ROOT).parts) - 1
            packaged = releasing.packaged(yaml_parse(template.read_text()), depth)
            self.assertNotIn("CodeUri", packaged.get("Globals", {}).get("Function", {}))
            for resource in packaged["Resources"].values():
                if resource["Type"] == "AWS::Serverless::Function":
                    place = (self.folder / template.relative_to(releasing.ROOT)).parent / resource["Properties"][
                        "CodeUri"
                    ]
                    named.add(place.resolve().relative_to(self.folder.resolve()).as_posix())
        self.assertEqual(named, {f"functions/{binary}.zip" for binary in build.functions().values()})


class BillsTest(unittest.TestCase):
    """The bills of materials."""

    def test_functions_are_told_with_what_they_are_linked_from(self) -> None:
        """Each part once, by a name and a checksum that others know; nothing that only tests need."""
        bill = sbom.rust(sbom.metadata(), "v1.2.3")
        parts = {part["bom-ref"]: part for part in bill["components"]}
        self.assertEqual(len(parts), len(bill["components"]))
        self.assertFalse([ref for ref in parts if ref.startswith(("pkg:cargo/wiremock@", "pkg:cargo/proptest@"))])
        known = {*parts, "ironmonger"}
        for dependency in bill["dependencies"]:
            self.assertLessEqual({dependency["ref"], *dependency["dependsOn"]}, known)
        tokio = next(part for ref, part in parts.items() if ref.startswith("pkg:cargo/tokio@"))
        self.assertEqual(tokio["licenses"], [{"expression": "MIT"}])
        self.assertRegex(tokio["hashes"][0]["content"], "^[0-9a-f]{64}$")

    def test_the_site_is_told_with_what_it_is_bundled_from(self) -> None:
        """The library that draws it is there, the one that tests it is not."""
        names = {part["name"] for part in sbom.npm()["components"]}
        self.assertIn("react", names)
        self.assertNotIn("vitest", names)
