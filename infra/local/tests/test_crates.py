"""A saved file is traced to the functions that have to be built anew."""

import unittest
from pathlib import Path

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
