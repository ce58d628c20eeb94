//! How many calls to a supplier may be under way at once: numbered slots, each taken with a lease.
//!
//! Who dies with a slot in hand does not keep it: when the lease is over, somebody else may take it.

use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use domain::SupplierId;
use jiff::{SignedDuration, Timestamp};
use rand::seq::SliceRandom;
use ulid::Ulid;

use crate::error::StoreError;
use crate::item;
use crate::keys;
use crate::rate::refused;
use crate::{Database, Table};

/// How many free slots are tried before it is said that none is free: others take them meanwhile.
const MAX_TRIES: usize = 4;
const UNTIL: &str = "until";
const HOLDER: &str = "holder";

/// A slot that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    supplier: SupplierId,
    number: u32,
    holder: String,
}

impl Database {
    /// Takes one of `concurrent` slots of a supplier for as long as `lease`, if one is free.
    pub async fn take_slot(
        &self,
        supplier: SupplierId,
        concurrent: u32,
        lease: SignedDuration,
        now: Timestamp,
    ) -> Result<Option<Slot>, StoreError> {
        let mut free = self.free_slots(supplier, concurrent, now).await?;
        free.shuffle(&mut rand::rng());
        let holder = Ulid::generate().to_string();
        for number in free.into_iter().take(MAX_TRIES) {
            let request = self
                .client
                .update_item()
                .table_name(self.table(Table::Fulfilment)?)
                .set_key(Some(keys::slot(supplier, number).into_item()))
                .update_expression("SET #until = :until, #holder = :holder")
                .condition_expression("attribute_not_exists(#until) OR #until < :now")
                .expression_attribute_names("#until", UNTIL)
                .expression_attribute_names("#holder", HOLDER)
                .expression_attribute_values(":until", item::number((now + lease).as_millisecond()))
                .expression_attribute_values(":holder", item::text(&holder))
                .expression_attribute_values(":now", item::number(now.as_millisecond()));
            match request.send().await {
                Ok(_) => return Ok(Some(Slot { supplier, number, holder })),
                Err(error) if refused(&error).is_some() => {}
                Err(error) => return Err(StoreError::sdk("UpdateItem")(error)),
            }
        }
        Ok(None)
    }

    /// Gives a slot back. It is no fault if the lease was over and somebody else has it now.
    pub async fn give_slot_back(&self, slot: &Slot) -> Result<(), StoreError> {
        let request = self
            .client
            .update_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::slot(slot.supplier, slot.number).into_item()))
            .update_expression("REMOVE #until, #holder")
            .condition_expression("#holder = :holder")
            .expression_attribute_names("#until", UNTIL)
            .expression_attribute_names("#holder", HOLDER)
            .expression_attribute_values(":holder", item::text(&slot.holder))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::None);
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if refused(&error).is_some() => Ok(()),
            Err(error) => Err(StoreError::sdk("UpdateItem")(error)),
        }
    }

    async fn free_slots(
        &self,
        supplier: SupplierId,
        concurrent: u32,
        now: Timestamp,
    ) -> Result<Vec<u32>, StoreError> {
        let mut taken = self
            .client
            .query()
            .table_name(self.table(Table::Fulfilment)?)
            .key_condition_expression("pk = :pk AND begins_with(sk, :slot)")
            .filter_expression("#until >= :now")
            .expression_attribute_names("#until", UNTIL)
            .expression_attribute_values(":pk", item::text(keys::supplier_partition(supplier)))
            .expression_attribute_values(":slot", item::text(keys::SLOT_PREFIX))
            .expression_attribute_values(":now", item::number(now.as_millisecond()))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut free: Vec<u32> = (0..concurrent).collect();
        while let Some(item) = taken.next().await {
            let item = item.map_err(StoreError::sdk("Query"))?;
            free.retain(|number| keys::slot(supplier, *number).sk != item::sort_key(&item));
        }
        Ok(free)
    }
}
