//! Whatever is done to a tree of categories, it stays one.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::category::CategoryError;
use domain::{CategoryNode, CategoryTree, Slug};
use proptest::prelude::*;

fn slug(n: usize) -> Slug {
    Slug::parse(&format!("c{n}")).unwrap()
}

fn node(n: usize, parent: Option<usize>) -> CategoryNode {
    let title = format!("Category {n}");
    CategoryNode { slug: slug(n), title, parent: parent.map(slug), position: 0, description: None }
}

#[derive(Debug, Clone)]
enum Step {
    Add(usize, Option<usize>),
    Move(usize, Option<usize>, u32),
    Remove(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let parent = || proptest::option::of(0..12_usize);
    let step = prop_oneof![
        3 => (0..12_usize, parent()).prop_map(|(n, parent)| Step::Add(n, parent)),
        3 => (0..12_usize, parent(), 0..6_u32).prop_map(|(n, parent, place)| Step::Move(n, parent, place)),
        1 => (0..12_usize).prop_map(Step::Remove),
    ];
    proptest::collection::vec(step, 1..60)
}

fn apply(tree: &CategoryTree, step: &Step) -> Result<CategoryTree, CategoryError> {
    match step {
        Step::Add(n, parent) => tree.with(node(*n, *parent)),
        Step::Move(n, parent, position) => {
            tree.changed(CategoryNode { position: *position, ..node(*n, *parent) })
        }
        Step::Remove(n) => tree.without(&slug(*n)),
    }
}

proptest! {
    #[test]
    fn a_tree_stays_a_tree(steps in steps()) {
        let mut tree = CategoryTree::default();
        for step in steps {
            let Ok(next) = apply(&tree, &step) else { continue };
            tree = next;
            let order = tree.in_order();
            prop_assert_eq!(order.len(), tree.len(), "all are reached from the top, each once");
            for (place, node) in order.iter().enumerate() {
                let ancestors: Vec<_> = tree.ancestors(&node.slug).map(|a| a.slug.clone()).collect();
                prop_assert!(ancestors.len() < CategoryTree::MAX_DEPTH);
                prop_assert_eq!(ancestors.first(), node.parent.as_ref());
                prop_assert!(!ancestors.contains(&node.slug));
                for ancestor in &ancestors {
                    prop_assert!(tree.subtree(ancestor).contains(&&node.slug));
                    prop_assert!(order[..place].iter().any(|earlier| earlier.slug == *ancestor));
                }
            }
            // What was written reads back as the same tree.
            prop_assert_eq!(CategoryTree::new(order.into_iter().cloned()), Ok(tree.clone()));
        }
    }

    #[test]
    fn a_moved_category_stands_where_it_was_put(count in 2..8_usize, moved in 0..8_usize, place in 0..10_u32) {
        let moved = moved % count;
        let mut tree = CategoryTree::default();
        for n in 0..count {
            tree = tree.with(node(n, None)).unwrap();
        }
        let before: Vec<_> = tree.children(None).iter().map(|n| n.slug.clone()).collect();
        prop_assert_eq!(&before, &(0..count).map(slug).collect::<Vec<_>>());
        tree = tree.changed(CategoryNode { position: place, ..node(moved, None) }).unwrap();
        let after: Vec<_> = tree.children(None).iter().map(|n| n.slug.clone()).collect();
        let expected = usize::try_from(place).unwrap().min(count - 1);
        prop_assert_eq!(&after[expected], &slug(moved));
        let others = |order: &[Slug]| order.iter().filter(|s| **s != slug(moved)).cloned().collect::<Vec<_>>();
        prop_assert_eq!(others(&before), others(&after), "the others keep their order");
    }
}

#[test]
fn what_is_no_tree_is_refused() {
    let tree = CategoryTree::new([node(1, None), node(2, Some(1)), node(3, Some(2))]).unwrap();
    assert_eq!(tree.with(node(3, None)), Err(CategoryError::Taken(slug(3))));
    assert_eq!(tree.with(node(4, Some(9))), Err(CategoryError::Unknown(slug(9))));
    assert_eq!(tree.with(node(4, Some(3))), Err(CategoryError::Depth));
    assert_eq!(tree.changed(node(9, None)), Err(CategoryError::Unknown(slug(9))));
    for below in [1, 2, 3] {
        assert_eq!(tree.changed(node(1, Some(below))), Err(CategoryError::Cycle(slug(1))));
    }
    assert_eq!(tree.without(&slug(2)), Err(CategoryError::HasChildren(slug(2))));
    assert_eq!(tree.without(&slug(9)), Err(CategoryError::Unknown(slug(9))));
    let endless = [node(1, Some(2)), node(2, Some(1)), node(3, Some(1))];
    assert!(matches!(CategoryTree::new(endless), Err(CategoryError::Cycle(_))));
    // Moving a pair below another would make it too deep.
    let deep = tree.with(node(5, None)).unwrap().with(node(6, Some(5))).unwrap();
    assert_eq!(deep.changed(node(5, Some(2))), Err(CategoryError::Depth));
}

#[test]
fn the_limits_hold() {
    let text = |n| "x".repeat(n);
    let titled = |title: String| CategoryTree::new([CategoryNode { title, ..node(1, None) }]).err();
    assert_eq!(titled(text(CategoryNode::MAX_TITLE)), None);
    assert_eq!(titled(text(CategoryNode::MAX_TITLE + 1)), Some(CategoryError::Title));
    assert_eq!(titled(" ".into()), Some(CategoryError::Title));
    let described =
        |text| CategoryTree::new([CategoryNode { description: Some(text), ..node(1, None) }]).err();
    assert_eq!(described(text(CategoryNode::MAX_DESCRIPTION)), None);
    assert_eq!(described(text(CategoryNode::MAX_DESCRIPTION + 1)), Some(CategoryError::Description));
    let siblings = CategoryTree::new((0..CategoryTree::MAX_SIBLINGS).map(|n| node(n, None))).unwrap();
    assert_eq!(siblings.with(node(999, None)), Err(CategoryError::Siblings));
    let below = |n: usize| if n < 10 { None } else { Some(n % 10) };
    let most = (0..CategoryTree::MAX_CATEGORIES).map(|n| node(n, below(n)));
    let most = CategoryTree::new(most).unwrap();
    assert_eq!(most.with(node(999, Some(1))), Err(CategoryError::Count));
}
