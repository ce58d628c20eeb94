//! One attempt to place a task: the calls to the supplier, and what they say.

use std::time::Duration;

use suppliers::{PlaceError, Placement, PlacementRequest, Supplier};

use crate::calls::Pass;

/// What came of an attempt.
#[derive(Debug)]
pub(crate) enum Attempt {
    /// The supplier has it.
    Placed(Placement),
    /// The supplier will not take it.
    Rejected(String),
    /// It is not placed for all we know.
    Failed(Failure),
}

/// Why it is not placed.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Whether the supplier may have it all the same.
    pub in_doubt: bool,
    /// Whether it may be otherwise later.
    pub may_pass: bool,
    /// Whether the supplier was asked for it just now, in vain.
    pub asked: bool,
    /// The least time to wait, if the supplier said so.
    pub retry_after: Option<Duration>,
    /// What happened.
    pub reason: String,
}

/// Calls the supplier. `refusal` is why nothing new may be placed there: then it is only asked for what it may have.
pub(crate) async fn attempt(
    supplier: &dyn Supplier,
    pass: &mut Pass,
    request: &PlacementRequest,
    in_doubt: bool,
    refusal: Option<&'static str>,
) -> Attempt {
    let failed = |in_doubt, reason: String| Failure {
        in_doubt,
        may_pass: true,
        asked: false,
        retry_after: None,
        reason,
    };
    if in_doubt && (refusal.is_some() || !supplier.places_idempotently()) {
        match pass.call(supplier.find_by_reference(&request.reference)).await {
            Ok(Some(placement)) => return Attempt::Placed(placement),
            Ok(None) => {}
            Err(error) => return Attempt::Failed(Failure { asked: true, ..failed(true, error.to_string()) }),
        }
    }
    if let Some(refusal) = refusal {
        return Attempt::Failed(Failure { may_pass: false, ..failed(false, refusal.to_owned()) });
    }
    // With a supplier that heeds the idempotency key a doubt outlives an attempt that placed nothing.
    let in_doubt = in_doubt && supplier.places_idempotently();
    let error = match pass.call(supplier.place(request)).await {
        Ok(placement) => return Attempt::Placed(placement),
        Err(error) => error,
    };
    let reason = error.to_string();
    Attempt::Failed(match error {
        PlaceError::Rejected { reason } => return Attempt::Rejected(reason),
        PlaceError::Uncertain { .. } => failed(true, reason),
        PlaceError::Unavailable { retry_after, .. } => Failure { retry_after, ..failed(in_doubt, reason) },
        PlaceError::Misconfigured { .. } => Failure { may_pass: false, ..failed(in_doubt, reason) },
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Instant;

    use async_trait::async_trait;
    use domain::address::{Address, AddressInput};
    use domain::{SupplierId, TaskId};
    use suppliers::{CancelOutcome, StatusReport, SupplierError, SupplierReference};

    use super::*;

    /// A supplier that answers as it is told, and remembers what it was asked.
    #[derive(Debug)]
    struct Scripted {
        idempotent: bool,
        find: Result<Option<Placement>, SupplierError>,
        place: Result<Placement, PlaceError>,
        asked: Mutex<Vec<&'static str>>,
    }

    #[async_trait]
    impl Supplier for Scripted {
        fn places_idempotently(&self) -> bool {
            self.idempotent
        }

        async fn place(&self, _: &PlacementRequest) -> Result<Placement, PlaceError> {
            self.asked.lock().unwrap().push("place");
            self.place.clone()
        }

        async fn find_by_reference(&self, _: &TaskId) -> Result<Option<Placement>, SupplierError> {
            self.asked.lock().unwrap().push("find");
            self.find.clone()
        }

        async fn statuses(&self, _: &[SupplierReference]) -> Result<Vec<StatusReport>, SupplierError> {
            Ok(Vec::new())
        }

        async fn cancel(&self, _: &SupplierReference) -> Result<CancelOutcome, SupplierError> {
            Ok(CancelOutcome::NotFound)
        }

        async fn check(&self) -> Result<(), SupplierError> {
            Ok(())
        }
    }

    fn placement() -> Placement {
        Placement { reference: SupplierReference::parse("so_1").unwrap(), cost: None, progress: None }
    }

    fn down() -> SupplierError {
        SupplierError::Unavailable { retry_after: None, reason: "down".into() }
    }

    fn busy() -> PlaceError {
        PlaceError::Unavailable { retry_after: Some(Duration::from_secs(3)), reason: "busy".into() }
    }

    fn supplier(
        idempotent: bool,
        find: Result<Option<Placement>, SupplierError>,
        place: Result<Placement, PlaceError>,
    ) -> Scripted {
        Scripted { idempotent, find, place, asked: Mutex::default() }
    }

    async fn try_with(
        supplier: &Scripted,
        in_doubt: bool,
        refusal: Option<&'static str>,
    ) -> (Attempt, Vec<&'static str>) {
        let ship_to = Address::parse(AddressInput {
            name: "Ada".into(),
            line1: "1 High Street".into(),
            line2: None,
            city: "Leeds".into(),
            region: None,
            postal_code: "LS1 1AA".into(),
            country: "GB".into(),
        })
        .unwrap();
        let request = PlacementRequest { reference: TaskId::generate(), items: vec![], ship_to };
        let in_time = Instant::now() + Duration::from_mins(1);
        let mut pass = Pass::new(SupplierId::generate(), in_time);
        let attempt = attempt(supplier, &mut pass, &request, in_doubt, refusal).await;
        let asked = supplier.asked.lock().unwrap().clone();
        (attempt, asked)
    }

    fn doubt(attempt: &Attempt) -> Option<bool> {
        match attempt {
            Attempt::Failed(failure) => Some(failure.in_doubt),
            _ => None,
        }
    }

    #[tokio::test]
    async fn what_a_supplier_may_have_is_looked_for_before_it_is_placed_again() {
        let has_it = supplier(false, Ok(Some(placement())), Ok(placement()));
        let (attempt, asked) = try_with(&has_it, true, None).await;
        assert!(matches!(attempt, Attempt::Placed(_)));
        assert_eq!(asked, ["find"]);
        let has_it_not = supplier(false, Ok(None), Ok(placement()));
        assert_eq!(try_with(&has_it_not, true, None).await.1, ["find", "place"]);
        let fresh = supplier(false, Ok(None), Ok(placement()));
        assert_eq!(try_with(&fresh, false, None).await.1, ["place"]);
    }

    #[tokio::test]
    async fn nothing_is_placed_while_a_doubt_lasts() {
        let silent = supplier(false, Err(down()), Ok(placement()));
        let (attempt, asked) = try_with(&silent, true, None).await;
        assert_eq!((doubt(&attempt), asked), (Some(true), vec!["find"]));
    }

    #[tokio::test]
    async fn a_doubt_ends_where_the_supplier_was_asked_and_lasts_where_it_was_not() {
        let asked_before = supplier(false, Ok(None), Err(busy()));
        assert_eq!(doubt(&try_with(&asked_before, true, None).await.0), Some(false));
        let never_asked = supplier(true, Ok(None), Err(busy()));
        let (attempt, asked) = try_with(&never_asked, true, None).await;
        assert_eq!((doubt(&attempt), asked), (Some(true), vec!["place"]));
        let Attempt::Failed(failure) = attempt else { panic!("{attempt:?}") };
        assert_eq!(failure.retry_after, Some(Duration::from_secs(3)));
    }

    #[tokio::test]
    async fn where_nothing_may_be_placed_the_supplier_is_only_asked() {
        for idempotent in [false, true] {
            let paused = supplier(idempotent, Ok(None), Ok(placement()));
            let (attempt, asked) = try_with(&paused, true, Some("paused")).await;
            assert_eq!((doubt(&attempt), asked), (Some(false), vec!["find"]));
            let Attempt::Failed(failure) = attempt else { panic!("{attempt:?}") };
            assert!(!failure.may_pass);
        }
    }
}
