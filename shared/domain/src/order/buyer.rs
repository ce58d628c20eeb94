//! Whose an order is, and how a shop forgets that.

use serde::{Deserialize, Serialize};

use super::Order;
use crate::customer::CustomerId;
use crate::email::CustomerEmail;
use crate::partner::PartnerRef;

/// Whose an order is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "id")]
pub enum Buyer {
    /// Somebody without an account, who has the order's token and an e-mail address.
    Guest,
    /// A customer.
    Customer(CustomerId),
    /// Somebody who bought elsewhere, from a partner who has it sent.
    Partner(PartnerRef),
    /// Somebody who has left while the order is under way. It is nobody's any more, but says where the goods go until it is
    /// final.
    Leaving,
    /// Somebody who has left; the order no longer says who.
    Forgotten,
}

impl Order {
    /// Whose it is.
    #[must_use]
    pub fn buyer(&self) -> &Buyer {
        &self.buyer
    }

    /// Whether it is this customer's.
    #[must_use]
    pub fn is_of(&self, customer: &CustomerId) -> bool {
        matches!(&self.buyer, Buyer::Customer(id) if id == customer)
    }

    /// The partner through whom it came, and the partner's name for it.
    #[must_use]
    pub fn partner(&self) -> Option<&PartnerRef> {
        match &self.buyer {
            Buyer::Partner(partner) => Some(partner),
            Buyer::Guest | Buyer::Customer(_) | Buyer::Leaving | Buyer::Forgotten => None,
        }
    }

    /// Makes a guest's order this customer's, and says whether it was a guest's.
    pub fn claim(&mut self, customer: CustomerId) -> bool {
        let guests = self.buyer == Buyer::Guest;
        if guests {
            self.buyer = Buyer::Customer(customer);
        }
        guests
    }

    /// Takes the person out of the order, and says whether that changed it. An order that is under way keeps them until it
    /// is final: the goods have to arrive.
    pub fn forget_buyer(&mut self) -> bool {
        if matches!(self.buyer, Buyer::Leaving | Buyer::Forgotten) {
            return false;
        }
        self.buyer = Buyer::Leaving;
        self.forget_who_left();
        true
    }

    /// What happens to a final order of somebody who has left. The country and the region stay, for the books.
    pub(super) fn forget_who_left(&mut self) {
        if self.buyer == Buyer::Leaving && self.status.is_final() {
            self.buyer = Buyer::Forgotten;
            self.email = CustomerEmail::forgotten();
            self.shipping_address = self.shipping_address.without_person();
        }
    }
}
