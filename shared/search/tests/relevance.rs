//! What shoppers expect to find.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "these are tests")]

mod support;

use search::{Catalogue, Document, Index, MAX_WORDS};
use support::{codes, expectations, fixture, index, question};

#[test]
fn the_expected_product_comes_first() {
    let index = index(&fixture());
    let table = expectations();
    assert!(table.len() >= 10);
    for row in table {
        let found = codes(&index.search(&question(&row.query)).unwrap());
        assert_eq!(found.first(), Some(&row.top), "{}: {} found {found:?}", row.kind, row.query);
    }
}

fn document(title: &str) -> Document {
    Document {
        id: title.into(),
        title: title.into(),
        brand: None,
        description: String::new(),
        details: vec![],
        categories: vec![],
        codes: vec![title.to_uppercase().replace(' ', "-")],
        price: 100,
        rating: None,
        in_stock: true,
        created: 0,
        card: title.into(),
    }
}

fn shop(documents: impl IntoIterator<Item = Document>) -> Index {
    index(&Catalogue { documents: documents.into_iter().collect(), ..Catalogue::default() })
}

fn titles(index: &Index, query: &str) -> Vec<String> {
    index.search(&question(query)).unwrap().hits.into_iter().map(|hit| hit.card).collect()
}

fn suggestion(index: &Index, query: &str) -> Option<String> {
    index.search(&question(query)).unwrap().did_you_mean
}

#[test]
fn the_title_counts_more_than_the_brand_and_that_more_than_the_description() {
    let in_title = document("anvil");
    let mut in_brand = document("vice");
    in_brand.brand = Some(support::brand("anvil"));
    let mut in_description = document("tongs");
    in_description.description = "For work at the anvil.".into();
    let shop = shop([in_description, in_brand, in_title]);
    assert_eq!(titles(&shop, "anvils"), ["anvil", "vice", "tongs"]);
}

#[test]
fn what_can_be_bought_comes_before_what_cannot() {
    let gone = Document { in_stock: false, ..document("brass hook a") };
    let shop = shop([gone, document("brass hook b"), document("hook")]);
    assert_eq!(titles(&shop, "brass hook"), ["brass hook b", "brass hook a"]);
    assert_eq!(titles(&shop, ""), ["brass hook b", "hook", "brass hook a"]);
}

#[test]
fn words_in_their_order_come_first_but_any_order_finds() {
    let shop = shop(["hook for brass coat", "brass coat for hook"].map(document));
    assert_eq!(titles(&shop, "brass coat hook").len(), 2);
    assert_eq!(titles(&shop, "brass coat")[0], "brass coat for hook");
    assert_eq!(titles(&shop, "coat brass").len(), 2);
}

#[test]
fn a_stock_code_is_found_in_any_case_and_by_its_beginning() {
    let shop = shop(["claw hammer 16", "claw hammer 20", "hammer"].map(document));
    for query in ["CLAW-HAMMER-16", "claw-hammer-16", " claw-hammer-16 ", "clawhammer16"] {
        assert_eq!(titles(&shop, query)[0], "claw hammer 16", "{query}");
    }
    assert_eq!(titles(&shop, "claw-hammer-2"), ["claw hammer 20"]);
}

#[test]
fn the_beginning_of_a_stock_code_has_a_digit_or_a_hyphen() {
    let coded = |code: &str| Document { codes: vec![code.to_owned()], ..document("anvil") };
    let shop = shop([coded("TOOL-ANV-7"), Document { id: "vice".into(), ..coded("85123A") }]);
    for (query, found) in [("tool-an", 1), ("tool-anv-7", 1), ("851", 1), ("85", 0), ("tool", 0), ("to-", 0)]
    {
        assert_eq!(titles(&shop, query).len(), found, "{query}");
    }
}

#[test]
fn what_is_typed_so_far_finds_until_it_is_ended() {
    let shop = shop(["brass lantern", "brass lance"].map(document));
    assert_eq!(titles(&shop, "lan").len(), 2);
    assert_eq!(titles(&shop, "brass lant"), ["brass lantern"]);
    assert_eq!(titles(&shop, "lance").first().map(String::as_str), Some("brass lance"));
    assert_eq!(titles(&shop, "la ").len(), 0);
}

#[test]
fn missing_words_are_forgiven_only_where_nothing_has_all() {
    let shop = shop(["red bucket", "red spade", "blue bucket"].map(document));
    assert_eq!(titles(&shop, "red bucket"), ["red bucket"]);
    assert_eq!(titles(&shop, "red bucket xyzzyqq")[0], "red bucket");
    assert_eq!(titles(&shop, "the bucket of red"), ["red bucket"]);
    assert_eq!(titles(&shop, "xyzzyqq"), [""; 0]);
}

#[test]
fn numbers_and_units_may_be_written_together() {
    let shop = shop(["hook 10 mm", "hook 12mm"].map(document));
    assert_eq!(titles(&shop, "10mm hook"), ["hook 10 mm"]);
    assert_eq!(titles(&shop, "hook 12 mm"), ["hook 12mm"]);
}

#[test]
fn a_misspelling_is_found_and_put_right() {
    let shop = shop(["brass padlock", "steel padlock", "door knob", "pedal"].map(document));
    assert_eq!(suggestion(&shop, "Brass padlcok").as_deref(), Some("brass padlock"));
    assert_eq!(titles(&shop, "padlcok").len(), 2);
    assert_eq!(suggestion(&shop, "door"), None);
    assert_eq!(suggestion(&shop, "padlock"), None);
    assert_eq!(suggestion(&shop, "xyzzyqq"), None);
    assert_eq!(suggestion(&shop, ""), None);
}

#[test]
fn a_rare_spelling_in_the_catalogue_is_doubted() {
    let many = (0..20).map(|n| document(&format!("strawberry jam {n}")));
    let shop = shop(many.chain([document("strawbery tart")]));
    assert_eq!(titles(&shop, "strawbery"), ["strawbery tart"]);
    assert_eq!(suggestion(&shop, "strawbery").as_deref(), Some("strawberry"));
}

#[test]
fn synonyms_work_both_ways_and_in_several_words() {
    let catalogue = Catalogue {
        documents: ["wall torch", "pipe wrench", "stop cock"].map(document).into(),
        synonyms: vec![
            vec!["torch".into(), "flash light".into()],
            vec!["spanner".into(), "wrench".into()],
            vec!["stop cock".into(), "shut off valve".into()],
        ],
        ..Catalogue::default()
    };
    let shop = index(&catalogue);
    assert_eq!(titles(&shop, "flash light"), ["wall torch"]);
    assert_eq!(titles(&shop, "pipe spanners"), ["pipe wrench"]);
    assert_eq!(titles(&shop, "shut off valves"), ["stop cock"]);
}

#[test]
fn what_was_found_is_marked_in_the_title() {
    let shop = shop([document("Red Lanterns & hooks")]);
    let hit = shop.search(&question("lantern hoo")).unwrap().hits.remove(0);
    let parts: Vec<_> = hit.title.unwrap().into_iter().map(|part| (part.text, part.matched)).collect();
    let expected = [("Red ", false), ("Lanterns", true), (" & ", false), ("hooks", true)];
    assert_eq!(parts, expected.map(|(text, matched)| (text.to_owned(), matched)));
    assert_eq!(shop.search(&question("")).unwrap().hits[0].title, None);
}

#[test]
fn only_the_first_words_of_a_long_query_are_looked_for() {
    let shop = shop([document("red bucket")]);
    let filled = format!("{}zzz", "red ".repeat(MAX_WORDS));
    assert_eq!(titles(&shop, &filled), ["red bucket"]);
}

#[test]
fn an_empty_catalogue_answers_with_nothing() {
    let shop = shop([]);
    for query in ["", "hammer", "85123a"] {
        let answer = shop.search(&question(query)).unwrap();
        assert_eq!((answer.total, answer.hits.len(), answer.did_you_mean), (0, 0, None));
    }
}

#[test]
fn what_is_no_index_is_refused() {
    assert!(Index::open(b"nonsense").is_err());
    assert!(Index::open(&[]).is_err());
    let whole = search::build(&fixture()).unwrap();
    assert!(Index::open(&whole[..whole.len() / 2]).is_err());
}
