//! Orders that partners send: each is kept as it was received, under the partner's name for it, until it is placed or
//! turned away. What is kept of it then is what tells a repeated one from another, and what came of it.

use std::collections::BTreeMap;

use domain::{Address, CustomerEmail, OrderId, PartnerRef, PartnerReference, Quantity, Sku, TraceId};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::idempotency::hash;
use crate::item::{self, Versioned};
use crate::keys::{self, Key};
use crate::orders::Shortage;
use crate::refusal::{CommitError, Refusal, Subject};
use crate::transaction::{Change, MAX_ACTIONS, Transaction};
use crate::{Database, Table};

/// The most orders that are received in one transaction.
pub const MAX_RECEIVED: usize = MAX_ACTIONS;

/// Where an order of a partner goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    /// Where news of the order go.
    pub email: CustomerEmail,
    /// Where the goods go.
    pub shipping_address: Address,
}

/// What has become of a received order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum IntakeState {
    /// It waits to be placed.
    Received(Recipient),
    /// It is an order; whoever it goes to is known there.
    Placed,
    /// There is no such order, and there will be none.
    Rejected {
        /// Why, in words for the partner.
        reason: String,
        /// Of what there was too little.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        shortages: Vec<Shortage>,
    },
}

/// An order as a partner sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Intake {
    /// The id that the order has, or would have had. It was made when the order was received.
    pub order_id: OrderId,
    /// Who sent it, and under which name.
    pub partner: PartnerRef,
    /// What is wanted.
    pub lines: Vec<(Sku, Quantity)>,
    /// Tells it from others that come under the same name.
    fingerprint: String,
    /// The request that it came with.
    pub request_id: String,
    /// The trace that it came in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trace_id: Option<TraceId>,
    /// What has become of it.
    pub state: IntakeState,
}

impl Intake {
    /// An order that is received now.
    pub fn new(
        partner: PartnerRef,
        recipient: Recipient,
        lines: Vec<(Sku, Quantity)>,
        request_id: &str,
    ) -> Result<Self, StoreError> {
        let contents = serde_json::to_vec(&(&recipient, &lines))
            .map_err(|error| StoreError::Unwritable(error.to_string()))?;
        Ok(Self {
            order_id: OrderId::generate(),
            partner,
            lines,
            fingerprint: hash(&contents),
            request_id: request_id.to_owned(),
            trace_id: telemetry::trace::current(),
            state: IntakeState::Received(recipient),
        })
    }

    /// What is said of this one when `stored` is there already.
    fn receipt(&self, stored: &Self) -> Receipt {
        if self.order_id == stored.order_id {
            // Written by this very call, whose answer was lost on the way.
            Receipt::Received
        } else if self.fingerprint == stored.fingerprint {
            Receipt::Known
        } else {
            Receipt::Differs
        }
    }
}

/// What is said of an order that a partner sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// It is kept, and will be placed.
    Received,
    /// It was received before.
    Known,
    /// Another order was received under this name; nothing is changed.
    Differs,
}

impl Database {
    /// Keeps orders that one partner sends, at most [`MAX_RECEIVED`], no name twice, and says of each whether it is new.
    /// What was kept before an error occurs stays: whoever sends them again hears of it.
    pub async fn receive_partner_orders(
        &self,
        intakes: &[Intake],
    ) -> Result<BTreeMap<PartnerReference, Receipt>, StoreError> {
        let mut receipts = BTreeMap::new();
        let mut left: Vec<_> = intakes.iter().collect();
        while !left.is_empty() {
            let mut transaction = self.transaction();
            for intake in &left {
                transaction.receive(intake)?;
            }
            let refusals = match transaction.commit().await {
                Ok(()) => {
                    let new = left.iter().map(|intake| (intake.partner.reference.clone(), Receipt::Received));
                    receipts.extend(new);
                    break;
                }
                Err(CommitError::Refused(refusals)) => refusals,
                Err(CommitError::Store(error)) => return Err(error),
            };
            let known = left.len();
            for refusal in &refusals {
                receipts.extend(receipt(&left, refusal)?);
            }
            left.retain(|intake| !receipts.contains_key(&intake.partner.reference));
            if left.len() == known {
                return Err(StoreError::Contended);
            }
        }
        Ok(receipts)
    }

    /// An order that a partner sent, as it stands now.
    pub async fn intake(&self, partner: &PartnerRef) -> Result<Option<Versioned<Intake>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Orders)?)
            .set_key(Some(keys::intake(partner).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }
}

fn receipt(sent: &[&Intake], refusal: &Refusal) -> Result<Option<(PartnerReference, Receipt)>, StoreError> {
    let (Subject::Intake(reference), Some(item)) = (&refusal.subject, &refusal.item) else {
        return Ok(None);
    };
    let stored: Intake = item::data(item)?;
    let sent = sent.iter().find(|intake| intake.partner.reference == *reference);
    Ok(sent.map(|intake| (reference.clone(), intake.receipt(&stored))))
}

impl Transaction<'_> {
    fn receive(&mut self, intake: &Intake) -> Result<&mut Self, StoreError> {
        let (partner, id) = (intake.partner.id, intake.order_id);
        let listed = [
            (item::VERSION, item::number(1)),
            ("gsi1pk", item::text(keys::partner_partition(partner))),
            ("gsi1sk", item::text(id)),
            ("gsi2pk", item::text(keys::RECEIVED)),
            ("gsi2sk", item::text(id)),
        ];
        let new = item::with_data(key(intake), intake, listed)?;
        let subject = Subject::Intake(intake.partner.reference.clone());
        self.put(subject, Table::Orders, new, Some("attribute_not_exists(pk)"))
    }

    /// Writes down what became of an order that was received, if nobody else did since it was read. One that is placed is
    /// listed as what it is from then on.
    pub fn settle_intake(&mut self, intake: &Versioned<Intake>) -> Result<&mut Self, StoreError> {
        let placed = intake.value.state == IntakeState::Placed;
        let remove = if placed { "gsi1pk, gsi1sk, gsi2pk, gsi2sk" } else { "gsi2pk, gsi2sk" };
        let update = format!("SET #data = :data, #version = :next REMOVE {remove}");
        let change = Change {
            update: &update,
            condition: Some("#version = :read"),
            names: &[item::DATA, item::VERSION],
            values: vec![
                (":data", item::stored(&intake.value)?),
                (":next", item::number(intake.version + 1)),
                (":read", item::number(intake.version)),
            ],
        };
        let subject = Subject::Intake(intake.value.partner.reference.clone());
        self.update(subject, Table::Orders, key(&intake.value), change)
    }
}

fn key(intake: &Intake) -> Key {
    keys::intake(&intake.partner)
}

#[cfg(test)]
mod tests {
    use domain::PartnerId;

    use super::*;
    use crate::fixtures::address;

    fn intake(reference: &str, pieces: i64) -> Intake {
        let recipient = Recipient {
            email: CustomerEmail::parse("ada@example.org").unwrap(),
            shipping_address: address(),
        };
        let partner =
            PartnerRef { id: PartnerId::generate(), reference: PartnerReference::parse(reference).unwrap() };
        let lines = vec![(Sku::parse("HOOK").unwrap(), Quantity::parse(pieces).unwrap())];
        Intake::new(partner, recipient, lines, "r-1").unwrap()
    }

    #[test]
    fn an_order_is_told_from_others_of_its_name_by_what_it_holds() {
        let first = intake("A-1", 2);
        assert_eq!(first.receipt(&first), Receipt::Received, "the answer was lost");
        assert_eq!(intake("A-1", 2).receipt(&first), Receipt::Known);
        assert_eq!(intake("A-1", 3).receipt(&first), Receipt::Differs);
        let mut placed = first.clone();
        placed.state = IntakeState::Placed;
        assert_eq!(intake("A-1", 2).receipt(&placed), Receipt::Known);
    }

    #[test]
    fn whoever_it_goes_to_is_kept_only_while_it_waits() {
        let mut kept = intake("A-1", 2);
        assert!(serde_json::to_string(&kept).unwrap().contains("Ada Lovelace"));
        let rejected = IntakeState::Rejected { reason: "no".into(), shortages: Vec::new() };
        for state in [IntakeState::Placed, rejected] {
            kept.state = state;
            let stored = item::to_attribute(&kept).unwrap();
            let read: Intake = serde_dynamo::from_attribute_value(stored.clone()).unwrap();
            assert_eq!(read, kept);
            assert!(!format!("{stored:?}").contains("Ada") && !format!("{stored:?}").contains("ada@"));
        }
    }
}
