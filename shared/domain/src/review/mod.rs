//! What buyers say of products.
//!
//! ```text
//!  (written) ──▶ published ◀──▶ hidden
//!      │             ▲             ▲
//!      └──▶ pending ─┴─────────────┘
//! ```
//!
//! A review is published at once, unless its text holds an address: then somebody looks at it first. One that staff have
//! hidden is looked at again when its author changes it.

mod text;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::text::{
    Rating, RatingError, ReviewBody, ReviewBodyError, ReviewText, ReviewTitle, ReviewTitleError,
};
use crate::customer::{CustomerId, PersonName};
use crate::ids::{ProductId, ReviewId};
use crate::order::OrderStatus;
use crate::product::Slug;

/// Who sees a review, and whether it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ReviewStatus {
    /// Everybody sees it, and it counts.
    Published,
    /// Its author and staff see it until somebody has looked at it.
    Pending,
    /// Its author and staff see it: it breaks a rule.
    Hidden,
}

impl ReviewStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Published, Self::Pending, Self::Hidden];

    /// The status' name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Pending => "pending",
            Self::Hidden => "hidden",
        }
    }

    /// The status with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// What staff decided about a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Everybody may see it.
    Publish,
    /// It breaks a rule.
    Hide,
}

/// The product that a review is of, as it was called when the review was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reviewed {
    /// The product.
    pub id: ProductId,
    /// Its name.
    pub title: String,
    /// Its address, which leads to it for good.
    pub slug: Slug,
}

/// What somebody says of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// The review's id.
    pub id: ReviewId,
    /// Of what.
    pub product: Reviewed,
    /// Who wrote it; nobody once they are forgotten.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub author_id: Option<CustomerId>,
    /// What their name is shown as.
    pub author: String,
    /// How much they like it.
    pub rating: Rating,
    /// The review in a line.
    pub title: ReviewTitle,
    /// What they have to say.
    pub body: ReviewBody,
    /// Who sees it.
    pub status: ReviewStatus,
    /// Whether they bought the product here.
    pub verified_purchase: bool,
    /// When they wrote it.
    pub created_at: Timestamp,
    /// When they last changed it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub edited_at: Option<Timestamp>,
    /// What staff noted about it, for each other.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
    /// Whether staff ever hid it.
    #[serde(default)]
    pub was_hidden: bool,
}

impl Review {
    /// What the author of a review is called who has no name, or none any more.
    pub const NOBODY: &'static str = "A customer";
    /// The most characters of a note.
    pub const MAX_NOTE: usize = 500;

    /// A new review by a buyer.
    #[must_use]
    pub fn write(
        product: Reviewed,
        by: CustomerId,
        name: Option<&PersonName>,
        text: ReviewText,
        now: Timestamp,
    ) -> Self {
        let status = if text.holds_address() { ReviewStatus::Pending } else { ReviewStatus::Published };
        let ReviewText { rating, title, body } = text;
        Self {
            id: ReviewId::generate(),
            product,
            author_id: Some(by),
            author: shown_name(name),
            rating,
            title,
            body,
            status,
            verified_purchase: true,
            created_at: now,
            edited_at: None,
            note: None,
            was_hidden: false,
        }
    }

    /// Its author thinks again.
    pub fn edit(&mut self, product: Reviewed, name: Option<&PersonName>, text: ReviewText, now: Timestamp) {
        let look_first = self.was_hidden || text.holds_address();
        self.status = if look_first { ReviewStatus::Pending } else { ReviewStatus::Published };
        let ReviewText { rating, title, body } = text;
        (self.rating, self.title, self.body) = (rating, title, body);
        (self.product, self.author, self.edited_at) = (product, shown_name(name), Some(now));
    }

    /// Staff decide who sees it.
    pub fn moderate(&mut self, verdict: Verdict, note: Option<String>) {
        (self.status, self.was_hidden) = match verdict {
            Verdict::Publish => (ReviewStatus::Published, false),
            Verdict::Hide => (ReviewStatus::Hidden, true),
        };
        self.note = note;
    }

    /// Forgets who wrote it.
    pub fn forget_author(&mut self) {
        self.author_id = None;
        Self::NOBODY.clone_into(&mut self.author);
    }

    /// The rating, where it counts.
    #[must_use]
    pub fn counted(&self) -> Option<Rating> {
        (self.status == ReviewStatus::Published).then_some(self.rating)
    }
}

/// Whether an order of this status makes its buyer one who bought: it was paid, and nothing says that it was given back.
#[must_use]
pub fn is_purchase(status: OrderStatus) -> bool {
    match status {
        OrderStatus::Paid
        | OrderStatus::Fulfilling
        | OrderStatus::Fulfilled
        | OrderStatus::NeedsAttention => true,
        OrderStatus::PendingPayment
        | OrderStatus::Expired
        | OrderStatus::Cancelled
        | OrderStatus::Refunded => false,
    }
}

/// The first name and the first letter of the last one.
fn shown_name(name: Option<&PersonName>) -> String {
    let mut words = name.map(PersonName::as_str).unwrap_or_default().split_whitespace();
    let initial =
        |last: &str| last.chars().next().into_iter().flat_map(char::to_uppercase).collect::<String>();
    match (words.next(), words.next_back()) {
        (Some(first), Some(last)) => format!("{first} {}.", initial(last)),
        (Some(only), None) => only.to_owned(),
        (None, _) => Review::NOBODY.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(title: &str, body: &str) -> ReviewText {
        ReviewText {
            rating: Rating::parse(4).unwrap(),
            title: ReviewTitle::parse(title).unwrap(),
            body: ReviewBody::parse(body).unwrap(),
        }
    }

    fn product() -> Reviewed {
        Reviewed {
            id: ProductId::generate(),
            title: "Gate hook".into(),
            slug: Slug::parse("gate-hook").unwrap(),
        }
    }

    fn review(body: &str) -> Review {
        let ada = CustomerId::parse("c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab").unwrap();
        Review::write(product(), ada, None, text("Good", body), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_text_with_an_address_is_looked_at_first() {
        assert_eq!(review("Good.Very good.").status, ReviewStatus::Published);
        assert_eq!(review("see https://example.org/x").status, ReviewStatus::Pending);
    }

    #[test]
    fn what_was_hidden_does_not_come_back_by_itself() {
        let mut review = review("Nice");
        assert_eq!(review.counted(), Rating::parse(4).ok());
        review.moderate(Verdict::Hide, Some("rude".into()));
        assert_eq!((review.status, review.counted()), (ReviewStatus::Hidden, None));
        review.edit(product(), None, text("Good", "Nicer"), Timestamp::MAX);
        assert_eq!(review.status, ReviewStatus::Pending);
        review.edit(product(), None, text("Good", "Nicest"), Timestamp::MAX);
        assert_eq!(review.status, ReviewStatus::Pending, "an author cannot publish it by writing twice");
        review.moderate(Verdict::Publish, None);
        review.edit(product(), None, text("Good", "Fine"), Timestamp::MAX);
        assert_eq!((review.status, review.note), (ReviewStatus::Published, None));
    }

    #[test]
    fn an_author_is_shown_by_first_name_and_initial() {
        for (name, shown) in
            [("Ada Lovelace", "Ada L."), ("Ada", "Ada"), ("Jean de la Tour", "Jean T."), ("ada é", "ada É.")]
        {
            assert_eq!(shown_name(Some(&PersonName::parse(name).unwrap())), shown);
        }
        let mut review = review("Nice");
        assert_eq!(review.author, Review::NOBODY);
        review.author = "Ada L.".into();
        review.forget_author();
        assert_eq!((review.author_id, review.author.as_str()), (None, "A customer"));
    }

    #[test]
    fn only_who_paid_is_a_buyer() {
        let bought: Vec<_> = OrderStatus::ALL.into_iter().filter(|status| is_purchase(*status)).collect();
        let kept =
            [OrderStatus::Paid, OrderStatus::Fulfilling, OrderStatus::Fulfilled, OrderStatus::NeedsAttention];
        assert_eq!(bought, kept);
    }
}
