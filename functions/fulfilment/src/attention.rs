//! What a person is told who must decide what becomes of an order.

use std::fmt::Write;

use domain::routing::{Refusal, Unroutable};
use domain::{Sku, SupplierId, Task};

use crate::planning::Situation;

/// The most characters of a reason.
pub const MAX_REASON: usize = 2_000;

/// Why nobody can send some pieces: for each SKU everybody who offers it, and what is in the way. `past` are the tasks
/// that the order had so far.
#[must_use]
pub fn why_nobody(left: &[Unroutable], situation: &Situation, past: &[Task]) -> String {
    let name = |supplier| situation.name(supplier);
    let lines = left.iter().map(|left| line(left, name, past));
    shortened(&format!("No supplier can send {}.", lines.collect::<Vec<_>>().join("; ")))
}

/// That some pieces were given to one supplier after the other, and to whom.
#[must_use]
pub fn too_often(left: &[Unroutable], situation: &Situation, past: &[Task]) -> String {
    let name = |supplier| situation.name(supplier);
    let lines = left.iter().map(|left| line(left, name, past));
    shortened(&format!(
        "One supplier after the other did not send {}. A person must say who should try next.",
        lines.collect::<Vec<_>>().join("; ")
    ))
}

fn line(left: &Unroutable, name: impl Fn(SupplierId) -> String, past: &[Task]) -> String {
    let mut text = format!("{} × {}", left.quantity, left.sku);
    if left.refusals.is_empty() {
        text.push_str(" (nobody offers it)");
        return text;
    }
    let refusal = |(supplier, refusal): &(SupplierId, Refusal)| {
        let mut said = name(*supplier);
        let earlier = (*refusal == Refusal::Excluded).then(|| outcome(past, *supplier, &left.sku)).flatten();
        let why = earlier.unwrap_or_else(|| in_words(*refusal).to_owned());
        // Writing to a string does not fail.
        let _ = write!(said, " {why}");
        said
    };
    let refusals: Vec<_> = left.refusals.iter().map(refusal).collect();
    let _ = write!(text, " ({})", refusals.join(", "));
    text
}

/// How the last task ended that a supplier had for a SKU.
fn outcome(past: &[Task], supplier: SupplierId, sku: &Sku) -> Option<String> {
    let had = |task: &&Task| {
        task.supplier_id() == supplier
            && task.status().is_final()
            && task.items().iter().any(|item| item.sku == *sku)
    };
    let last = past.iter().filter(had).max_by_key(|task| task.ended_at())?;
    let delivered: u32 = last.items().iter().filter(|item| item.sku == *sku).map(|item| item.delivered).sum();
    Some(match last.reason() {
        Some(reason) => format!("had it, {}: {reason}", last.status()),
        None => format!("had it, {} with {delivered} pieces", last.status()),
    })
}

fn in_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Excluded => "had it before",
        Refusal::Paused => "is paused",
        Refusal::Draining => "takes no new tasks",
        Refusal::CircuitOpen => "fails at present",
        Refusal::BudgetSpent => "has no budget left for it",
        Refusal::BelowMinimum => "sends no fewer than its minimum",
        Refusal::AboveMaximum => "sends no more than its maximum",
        Refusal::WindowClosed => "does not offer it so long after the payment, or not yet",
    }
}

/// A text that is no longer than [`MAX_REASON`].
#[must_use]
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_REASON - 1) {
        Some((end, last)) if end + last.len_utf8() < text.len() => format!("{}…", &text[..end]),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::Quantity;
    use jiff::Timestamp;

    use super::*;
    use crate::fixtures::planned;

    fn pieces(n: i64) -> Quantity {
        Quantity::parse(n).unwrap()
    }

    fn rejected(supplier_id: SupplierId, sku: &Sku, reason: &str) -> Task {
        let now = Timestamp::now();
        let mut task = planned(supplier_id, sku, pieces(3), now);
        task.begin_submission(now).unwrap();
        task.reject(reason, now).unwrap();
        task
    }

    #[test]
    fn everybody_who_offers_it_is_named_with_what_is_in_the_way() {
        let sku = Sku::parse("HT-1").unwrap();
        let (first, second) = (SupplierId::generate(), SupplierId::generate());
        let left = Unroutable {
            sku: sku.clone(),
            quantity: pieces(3),
            refusals: vec![(first, Refusal::Excluded), (second, Refusal::BudgetSpent)],
        };
        let name = |id| if id == first { "Northgate".to_owned() } else { "Calder".to_owned() };
        let told = line(&left, name, &[rejected(first, &sku, "sold out")]);
        assert_eq!(told, "3 × HT-1 (Northgate had it, rejected: sold out, Calder has no budget left for it)");
        let nobody = Unroutable { refusals: vec![], ..left };
        assert_eq!(line(&nobody, name, &[]), "3 × HT-1 (nobody offers it)");
    }

    #[test]
    fn a_long_reason_is_cut_between_characters() {
        let text = "é".repeat(MAX_REASON);
        assert_eq!(shortened(&text), text);
        let cut = shortened(&format!("{text}é"));
        assert_eq!(cut.chars().count(), MAX_REASON);
        assert!(cut.ends_with('…'));
    }
}
