"""The image in which functions run is made of this machine, the same each time."""

import io
import tarfile
import unittest

from runner.containers import image


class Contents(unittest.TestCase):
    """What is in the image."""

    def test_the_same_machine_makes_the_same_image(self):
        self.assertEqual(image.archive(), image.archive())

    def test_there_is_all_that_its_programs_load(self):
        with tarfile.open(fileobj=io.BytesIO(image.archive())) as archive:
            names = set(archive.getnames())
        self.assertLessEqual({"bin/sh", "bin/mv", "bin/chmod", "tmp", "var/task"}, names)
        shell = image.libraries(image.path_of("sh"))
        self.assertTrue(shell)
        self.assertLessEqual({str(library).lstrip("/") for library in shell}, names)
        self.assertTrue(any("ld-linux" in name for name in names), names)
