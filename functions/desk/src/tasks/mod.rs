//! The routes of tasks: what suppliers are to send, and what people do about their own.

pub mod complete_task;
pub mod get_task;
pub mod list_tasks;
pub mod refuse_task;
pub mod task;

use std::collections::BTreeMap;

use domain::{SupplierId, Task, TaskId, TaskStatus};
use fulfilment::conclude::{ByHand, Concluded, Ending};
use fulfilment::desk::Desk;
use store::audit::{Actor, AuditEntry, AuditSubject};
use store::idempotency::IdempotencyKey;
use store::suppliers::SupplierRecord;
use store::{Database, StoreError, Versioned};
use suppliers::AdapterKind;
use web::{Problem, RequestId};

use self::task::TaskDetail;
use crate::once;

/// All suppliers, as far as tasks tell of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Suppliers {
    present: BTreeMap<SupplierId, SupplierRecord>,
    /// The names of those that were deleted.
    former: BTreeMap<SupplierId, String>,
}

impl Suppliers {
    /// All suppliers; one that was written within the last second may be missing.
    pub(crate) async fn load(database: &Database) -> Result<Self, StoreError> {
        let (present, former) = tokio::try_join!(database.suppliers(), database.former_suppliers())?;
        Ok(Self {
            present: present.into_iter().map(|record| (record.value.supplier.id, record.value)).collect(),
            former: former.into_iter().map(|supplier| (supplier.id, supplier.name)).collect(),
        })
    }

    /// A supplier's name.
    pub(crate) fn name(&self, id: SupplierId) -> String {
        let name = self.present.get(&id).map(|record| &record.supplier.name);
        name.or_else(|| self.former.get(&id)).cloned().unwrap_or_else(|| id.to_string())
    }

    /// Whether people do a supplier's tasks.
    pub(crate) fn is_by_hand(&self, id: SupplierId) -> bool {
        self.present.get(&id).is_some_and(is_by_hand)
    }

    /// All suppliers that may have open tasks.
    pub(crate) fn ids(&self) -> Vec<SupplierId> {
        self.present.keys().copied().collect()
    }
}

/// The id in a path.
fn path_task(id: &str) -> Result<TaskId, Problem> {
    TaskId::parse(id).map_err(|error| Problem::bad_parameter("/path/id", error))
}

async fn load(database: &Database, id: TaskId) -> Result<Versioned<Task>, Problem> {
    let task = database.task(id).await.map_err(Problem::internal)?;
    task.ok_or_else(|| Problem::not_found("task"))
}

async fn supplier_of(database: &Database, task: &Task) -> Result<SupplierRecord, Problem> {
    let record = database.supplier(task.supplier_id()).await.map_err(Problem::internal)?;
    record.map(|record| record.value).ok_or_else(|| Problem::not_found("supplier"))
}

/// A task as it is now.
async fn view(database: &Database, id: TaskId) -> Result<TaskDetail, Problem> {
    let task = load(database, id).await?.value;
    let (suppliers, order) = tokio::try_join!(Suppliers::load(database), database.order(task.order_id()))
        .map_err(Problem::internal)?;
    let order = order.ok_or_else(|| Problem::not_found("order"))?;
    Ok(TaskDetail::of(&task, &order.value, &suppliers))
}

/// Whether people do a supplier's tasks.
fn is_by_hand(record: &SupplierRecord) -> bool {
    record.adapter == AdapterKind::Manual.name()
}

/// What people may do about a task.
fn may_be_ended(task: &Task, by_hand: bool) -> bool {
    by_hand && matches!(task.status(), TaskStatus::Submitted | TaskStatus::InProgress | TaskStatus::Overdue)
}

/// Ends a task by hand, and gives it as it is then. `end` makes it final; a repeated request finds it so.
async fn end(
    desk: &Desk,
    id: TaskId,
    key: &IdempotencyKey,
    (actor, action): (&Actor, &str),
    RequestId(request_id): &RequestId,
    mut end: impl FnMut(&mut Task, &SupplierRecord) -> Result<Ending, Problem>,
) -> Result<TaskDetail, Problem> {
    for _ in 0..once::MAX_TRIES {
        if once::done(&desk.database, key).await? {
            return view(&desk.database, id).await;
        }
        let mut task = load(&desk.database, id).await?;
        let supplier = supplier_of(&desk.database, &task.value).await?;
        if !may_be_ended(&task.value, is_by_hand(&supplier)) {
            return Err(not_by_hand(&task.value, &supplier));
        }
        let before = task.value.clone();
        let ending = end(&mut task.value, &supplier)?;
        let subject = AuditSubject::new("task", id, title(&task.value, &supplier.supplier.name));
        let audit = AuditEntry::of(actor, action, subject, Some(&before), Some(&task.value));
        let by_hand = ByHand { audit: audit.map_err(Problem::internal)?, key: key.clone() };
        let ending = Ending { by_hand: Some(by_hand), ..ending };
        match desk.conclude(task, ending, request_id).await.map_err(Problem::internal)? {
            Concluded::Written => return view(&desk.database, id).await,
            // Somebody else wrote in between: look again.
            Concluded::Outrun | Concluded::NotRoutable => {}
        }
    }
    Err(once::contended())
}

fn not_by_hand(task: &Task, supplier: &SupplierRecord) -> Problem {
    let detail = if is_by_hand(supplier) {
        format!("the task is {}: nothing can be said about it any more, or not yet", task.status())
    } else {
        format!("{} says itself how its tasks stand", supplier.supplier.name)
    };
    Problem::new(axum::http::StatusCode::CONFLICT, "not-by-hand", "Not to be ended by hand", detail)
}

/// What people call a task.
fn title(task: &Task, supplier: &str) -> String {
    let items: Vec<_> = task.items().iter().map(|item| format!("{} × {}", item.quantity, item.sku)).collect();
    format!("{} from {supplier}", items.join(", "))
}
