//! Orders at suppliers that take one article an order: each line of a task is an order of its own there, and our
//! reference to the supplier names them all.

use domain::ids::TaskId;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::{
    DeliveredItem, PlaceError, PlacementRequest, SupplierReference, TaskProgress, http_json::documents,
};

/// The most characters of a supplier's id of a line.
const MAX_ID_LENGTH: usize = 19;

/// A line of a task that is to be placed.
#[derive(Debug)]
pub(crate) struct Line {
    /// The supplier's code.
    pub code: String,
    /// Pieces.
    pub quantity: u32,
    /// What parameters are made from: `{reference, task, line, lines, sku, code, quantity, unitCost, shipTo}`.
    pub document: Value,
}

/// The lines of a task.
pub(crate) fn lines_of(request: &PlacementRequest) -> Vec<Line> {
    let whole = documents::place(request);
    let line = |(index, item): (usize, &crate::PlacementItem)| Line {
        code: item.code.clone(),
        quantity: item.quantity.get(),
        document: document(&whole, index, &request.reference.to_string()),
    };
    request.items.iter().enumerate().map(line).collect()
}

/// A line's document as [`lines_of`] makes it, every field filled.
pub(crate) fn sample_line() -> Value {
    document(&documents::sample_order(), 0, "tsk_sample")
}

fn document(whole: &Value, index: usize, task: &str) -> Value {
    let mut document = whole["items"][index].clone();
    let lines = whole["items"].as_array().map_or(0, Vec::len);
    document["task"] = json!(task);
    document["reference"] = json!(line_reference(task, index + 1));
    document["line"] = json!(index + 1);
    document["lines"] = json!(lines);
    document["shipTo"] = whole["shipTo"].clone();
    // So that a template can name a part of the address that not every address has.
    for optional in ["line2", "region"] {
        if document["shipTo"][optional].is_null() {
            document["shipTo"][optional] = json!("");
        }
    }
    document
}

/// Our name for a line, numbered from 1.
pub(crate) fn line_reference(task: &str, line: usize) -> String {
    format!("{task}/{line}")
}

/// A line that the supplier has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlacedLine {
    /// The supplier's name for it.
    pub id: String,
    /// Pieces ordered.
    pub quantity: u32,
    /// The supplier's code.
    pub code: String,
}

impl PlacedLine {
    /// A line under an id that the supplier gave.
    pub fn new(id: &str, quantity: u32, code: &str) -> Result<Self, String> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if !(1..=MAX_ID_LENGTH).contains(&id.len()) || !id.bytes().all(plain) {
            return Err(format!(
                "an order's id has 1 to {MAX_ID_LENGTH} letters, digits, hyphens, underscores and dots"
            ));
        }
        Ok(Self { id: id.to_owned(), quantity, code: code.to_owned() })
    }

    fn written(&self) -> String {
        let code: String = form_urlencoded::byte_serialize(self.code.as_bytes()).collect();
        format!("{}:{}:{code}", self.id, self.quantity)
    }
}

/// Whether a reference to all lines can be written, whatever ids the supplier gives.
pub(crate) fn fits(lines: &[Line]) -> Result<(), PlaceError> {
    let longest = "0".repeat(MAX_ID_LENGTH);
    let placed = lines.iter().map(|line| PlacedLine {
        id: longest.clone(),
        quantity: line.quantity,
        code: line.code.clone(),
    });
    reference_of(&placed.collect::<Vec<_>>()).map(|_| ()).map_err(|()| PlaceError::Rejected {
        reason: "the task has too many lines for a supplier that takes one article an order".into(),
    })
}

/// The reference of a task, from its lines. An error if it is too long.
pub(crate) fn reference_of(lines: &[PlacedLine]) -> Result<SupplierReference, ()> {
    let written: Vec<String> = lines.iter().map(PlacedLine::written).collect();
    SupplierReference::parse(&written.join(",")).map_err(|_| ())
}

/// The lines that a reference names; none if it is not one of ours.
pub(crate) fn placed_lines(reference: &SupplierReference) -> Option<Vec<PlacedLine>> {
    let line = |text: &str| {
        let mut parts = text.splitn(3, ':');
        let (id, quantity, code) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        let code = form_urlencoded::parse(code.as_bytes()).next()?.0.into_owned();
        PlacedLine::new(id, quantity, &code).ok()
    };
    reference.as_str().split(',').map(line).collect()
}

/// The task and the number of a line, from our name for it.
pub(crate) fn split(reference: &str, task: &TaskId) -> Option<usize> {
    reference.strip_prefix(&task.to_string())?.strip_prefix('/')?.parse().ok()
}

/// How a line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineStatus {
    /// How it stands.
    pub progress: TaskProgress,
    /// Pieces that were sent.
    pub delivered: u32,
}

/// How a task stands whose lines stand so; a line that the supplier does not know has no status. None if it knows none
/// of them.
pub(crate) fn combined(
    lines: &[(PlacedLine, Option<LineStatus>)],
) -> Option<(TaskProgress, Vec<DeliveredItem>)> {
    let known: Vec<(&PlacedLine, &LineStatus)> =
        lines.iter().filter_map(|(line, status)| Some((line, status.as_ref()?))).collect();
    if known.is_empty() {
        return None;
    }
    let sent = known.iter().map(|(line, status)| DeliveredItem {
        code: line.code.clone(),
        quantity: status.delivered.min(line.quantity),
    });
    let sent: Vec<DeliveredItem> = sent.collect();
    let lost = lines.iter().find(|(_, status)| status.is_none());
    let unknown = known.iter().find(|(_, status)| matches!(status.progress, TaskProgress::Unknown(_)));
    let all = |wanted: &[TaskProgress]| known.iter().all(|(_, status)| wanted.contains(&status.progress));
    let progress = match (lost, unknown) {
        (Some((line, _)), _) => {
            TaskProgress::Unknown(format!("the supplier does not know its order {}", line.id))
        }
        (None, Some((_, status))) => status.progress.clone(),
        (None, None) if all(&[TaskProgress::Accepted]) => TaskProgress::Accepted,
        (None, None) if !all(&[TaskProgress::Completed, TaskProgress::Rejected, TaskProgress::Cancelled]) => {
            TaskProgress::InProgress
        }
        (None, None) if sent.iter().any(|line| line.quantity > 0) => TaskProgress::Completed,
        (None, None) if all(&[TaskProgress::Cancelled]) => TaskProgress::Cancelled,
        (None, None) => TaskProgress::Rejected,
    };
    Some((progress, sent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(id: &str, quantity: u32, code: &str) -> PlacedLine {
        PlacedLine::new(id, quantity, code).unwrap()
    }

    #[test]
    fn a_reference_names_all_lines() {
        for lines in [
            vec![placed("23501", 3, "H75")],
            vec![placed("23501", 3, "H75"), placed("a-b_c.9", u32::MAX, "x,y:z é\u{7}%2C+")],
        ] {
            let reference = reference_of(&lines).unwrap();
            assert_eq!(placed_lines(&reference), Some(lines), "{reference}");
        }
        for foreign in ["unknown", "so_1", "1:2", "1:two:H75", "1:2:H75,", "a b:1:H75"] {
            let reference = SupplierReference::parse(foreign).unwrap();
            assert_eq!(placed_lines(&reference), None, "{foreign}");
        }
        for bad in ["", "a,b", "a:b", &"1".repeat(MAX_ID_LENGTH + 1)] {
            assert!(PlacedLine::new(bad, 1, "H75").is_err(), "{bad}");
        }
    }

    #[test]
    fn a_task_with_too_many_lines_is_refused_before_anything_is_sent() {
        let lines = |count: usize| {
            let line = || Line { code: "H75".into(), quantity: 1, document: Value::Null };
            std::iter::repeat_with(line).take(count).collect::<Vec<_>>()
        };
        // Id, colon, quantity, colon and code, and a comma before the next.
        let most = (SupplierReference::MAX_LENGTH + 1) / (MAX_ID_LENGTH + ":1:H75".len() + 1);
        assert_eq!(fits(&lines(most)), Ok(()));
        assert!(matches!(fits(&lines(most + 1)), Err(PlaceError::Rejected { .. })));
    }

    #[test]
    fn a_lines_name_leads_back_to_it() {
        let task = TaskId::generate();
        assert_eq!(split(&line_reference(&task.to_string(), 12), &task), Some(12));
        for foreign in [format!("{task}"), format!("{task}/"), format!("{task}/x"), format!("{task}1/1")] {
            assert_eq!(split(&foreign, &task), None, "{foreign}");
        }
        assert_eq!(split(&line_reference(&TaskId::generate().to_string(), 1), &task), None);
    }

    #[test]
    fn a_task_stands_as_its_lines_do() {
        use TaskProgress::{Accepted, Cancelled, Completed, InProgress, Rejected, Unknown};
        let status = |progress, delivered| Some(LineStatus { progress, delivered });
        let combine = |one, two| {
            let lines = [(placed("1", 3, "H75"), one), (placed("2", 1, "L1"), two)];
            combined(&lines).map(|(progress, _)| progress)
        };
        for (one, two, wanted) in [
            (status(Accepted, 0), status(Accepted, 0), Some(Accepted)),
            (status(Accepted, 0), status(InProgress, 0), Some(InProgress)),
            (status(Completed, 3), status(Accepted, 0), Some(InProgress)),
            (status(Completed, 3), status(Completed, 1), Some(Completed)),
            (status(Completed, 2), status(Rejected, 0), Some(Completed)),
            (status(Cancelled, 1), status(Cancelled, 0), Some(Completed)),
            (status(Cancelled, 0), status(Cancelled, 0), Some(Cancelled)),
            (status(Cancelled, 0), status(Rejected, 0), Some(Rejected)),
            (status(Completed, 3), status(Unknown("odd".into()), 0), Some(Unknown("odd".into()))),
            (status(Completed, 3), None, Some(Unknown("the supplier does not know its order 2".into()))),
            (None, None, None),
        ] {
            assert_eq!(combine(one.clone(), two.clone()), wanted, "{one:?} {two:?}");
        }
        let lines = [(placed("1", 3, "H75"), status(Completed, 9))];
        assert_eq!(combined(&lines).unwrap().1, [DeliveredItem { code: "H75".into(), quantity: 3 }]);
    }
}
