"""A saved file is traced to the functions that have to be built anew."""

import os
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

from runner import watching
from runner.crates import Crate, Workspace
from runner.toolbox import ROOT

SHARED, CART, ORDERS = Path("/w/shared/store"), Path("/w/functions/cart"), Path("/w/functions/orders")


def workspace() -> Workspace:
    """Two crates of functions, of which one uses the library, and the other the one."""
    program = CART / "src/bin/get-cart.rs"
    return Workspace(
        [
            Crate("store", SHARED, {}, frozenset()),
            Crate(
                "cart",
                CART,
                {program: "get-cart", CART / "src/bin/create-cart.rs": "create-cart"},
                frozenset({"store"}),
            ),
            Crate("orders", ORDERS, {ORDERS / "src/bin/place-order.rs": "place-order"}, frozenset({"cart"})),
        ]
    )


class ProgramsOfFiles(unittest.TestCase):
    """Which programs a file is part of."""

    def test_a_program_s_own_file_is_part_of_it_alone(self):
        self.assertEqual(workspace().programs_of([CART / "src/bin/get-cart.rs"]), {"get-cart"})

    def test_a_library_is_part_of_all_that_use_it_also_by_way_of_others(self):
        everything = {"get-cart", "create-cart", "place-order"}
        self.assertEqual(workspace().programs_of([SHARED / "src/carts.rs"]), everything)
        self.assertEqual(workspace().programs_of([CART / "src/get_cart.rs"]), everything)
        self.assertEqual(workspace().programs_of([ORDERS / "src/place.rs"]), {"place-order"})

    def test_a_handler_s_file_is_about_the_program_of_its_name(self):
        files = [CART / "src/get_cart.rs", CART / "src/dto.rs", SHARED / "src/carts.rs", Path("/w/docs/get_cart.rs")]
        self.assertEqual(workspace().namesakes_of(files), {"get-cart"})

    def test_what_is_for_tests_or_of_no_crate_is_part_of_none(self):
        files = [SHARED / "tests/carts.rs", SHARED / "benches/carts.rs", Path("/w/docs/notes.rs")]
        self.assertEqual(workspace().programs_of(files), set())

    def test_this_workspace_is_understood(self):
        programs = Workspace.read().programs_of([ROOT / "functions/cart/src/get_cart.rs"])
        self.assertIn("get-cart", programs)
        self.assertNotIn("dispatch-task", programs)
        every = Workspace.read().programs_of([ROOT / "shared/domain/src/money.rs"])
        self.assertLessEqual({"get-cart", "dispatch-task", "search"}, every)


class SortingOfFiles(unittest.TestCase):
    """What has to be done because of a file."""

    def test_each_kind_of_file_takes_its_way(self):
        code, page = ROOT / "functions/cart/src/get_cart.rs", ROOT / "frontend/storefront/src/App.tsx"
        self.assertEqual(watching.sort({code}), watching.Changes(code={code}))
        self.assertEqual(watching.sort({page, ROOT / "docs/openapi.json"}), watching.Changes(site=True))
        for other in ("template.yaml", "infra/shop.yaml", "infra/cli/src/main.rs", "shared/store/Cargo.toml"):
            self.assertEqual(watching.sort({ROOT / other}), watching.Changes(rest=True), other)

    def test_what_lies_beside_code_is_part_of_programs_and_asks_for_no_new_beginning(self):
        beside = {ROOT / "shared/domain/src/catalogue.json", ROOT / "functions/cart/src/half-written"}
        self.assertEqual(watching.sort(beside), watching.Changes(code=beside))


class Watching(unittest.TestCase):
    """What is watched, and from when on."""

    def test_only_our_own_folders_are_watched(self):
        watched = watching._watched()
        self.assertIn(ROOT / "frontend" / "storefront" / "src", watched)
        self.assertEqual([folder for folder in watched if "node_modules" in folder.parts], [])

    def test_what_is_saved_while_the_first_update_runs_is_found(self):
        now = time.time()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            old, saved, hidden = (folder / file for file in ("old.rs", "saved.rs", ".hidden.rs"))
            for file in (old, saved, hidden):
                file.write_text("")
            os.utime(old, (now - 60, now - 60))
            os.utime(saved, (now + 1, now + 1))
            os.utime(hidden, (now + 1, now + 1))
            with mock.patch.object(watching, "_watched", return_value=[folder]):
                self.assertEqual(watching._saved_since(now), {saved})
