//! The trace that the work at hand belongs to, and the headers that carry it from one program to the next.
//!
//! Whoever takes work in – a request, a message, a task of a supplier's – does it [`within`] its trace. What logs, writes
//! an event, sends a message or calls somebody asks for the [`current`] one, so that nobody in between has to hand it on.

use domain::TraceId;

tokio::task_local! {
    static CURRENT: TraceId;
}

/// The header by which W3C's Trace Context carries a trace (<https://www.w3.org/TR/trace-context/>).
pub const TRACEPARENT: &str = "traceparent";
/// The header of our answers that tells the trace: what people read out when they ask for help.
pub const ANSWER_HEADER: &str = "x-trace-id";
/// X-Ray's header.
pub const XRAY_HEADER: &str = "x-amzn-trace-id";
/// The variable in which Lambda's runtime keeps the X-Ray header of the invocation under way.
const XRAY_VARIABLE: &str = "_X_AMZN_TRACE_ID";

/// The trace of the work that calls this; nothing where nobody began one.
#[must_use]
pub fn current() -> Option<TraceId> {
    CURRENT.try_with(|trace| *trace).ok()
}

/// Does some work as part of a trace. Work that it hands to other tasks of the runtime is not part of it.
pub fn within<F: Future>(trace: TraceId, work: F) -> impl Future<Output = F::Output> + use<F> {
    // On the heap: it is the work of a whole request or task.
    CURRENT.scope(trace, Box::pin(work))
}

/// Does some work as part of a trace where there is one, and else as part of what it is part of already.
pub fn within_any<F: Future>(trace: Option<TraceId>, work: F) -> impl Future<Output = F::Output> + use<F> {
    let work = Box::pin(work);
    async move {
        match trace {
            Some(trace) => CURRENT.scope(trace, work).await,
            None => work.await,
        }
    }
}

/// The current trace as the value of [`TRACEPARENT`], for a call to somebody else's program.
#[must_use]
pub fn traceparent() -> Option<String> {
    // The last field says that the trace is recorded: all of it is in the log.
    current().map(|trace| format!("00-{trace}-{:016x}-01", rand::random_range(1..=u64::MAX)))
}

/// Reads the trace out of a [`TRACEPARENT`], also of a later version of it, whose fields begin with those of today's.
#[must_use]
pub fn read_traceparent(value: &str) -> Option<TraceId> {
    let mut fields = value.trim().split('-');
    let (version, trace, parent, flags) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let hexadecimal = |field: &str, length| {
        field.len() == length && field.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    let good = hexadecimal(version, 2)
        && version != "ff"
        && (version != "00" || fields.next().is_none())
        && hexadecimal(parent, 16)
        && parent.bytes().any(|digit| digit != b'0')
        && hexadecimal(flags, 2);
    if good { TraceId::parse(trace).ok() } else { None }
}

/// The current trace as X-Ray's header, for messages and events.
#[must_use]
pub fn xray_header() -> Option<String> {
    current().map(xray_header_of)
}

/// A trace as X-Ray's header: its root, and whether the invocation under way is sampled.
#[must_use]
pub fn xray_header_of(trace: TraceId) -> String {
    header_of(trace, &invocation())
}

/// The X-Ray header of the invocation under way; empty where it is not traced.
pub(crate) fn invocation() -> String {
    std::env::var(XRAY_VARIABLE).unwrap_or_default()
}

fn header_of(trace: TraceId, invocation: &str) -> String {
    let root = format!("Root={}", trace.xray());
    match part(invocation, "Sampled") {
        Some(sampled) => format!("{root};Sampled={sampled}"),
        None => root,
    }
}

/// Reads the trace out of X-Ray's header.
#[must_use]
pub fn read_xray_header(value: &str) -> Option<TraceId> {
    TraceId::parse_xray(part(value, "Root")?).ok()
}

/// One part of X-Ray's header.
pub(crate) fn part<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "5759e988bd862e3fe1be46a994272793";

    #[tokio::test]
    async fn work_knows_the_innermost_trace_that_it_is_part_of() {
        assert_eq!((current(), traceparent(), xray_header()), (None, None, None));
        let (outer, inner) = (TraceId::generate(), TraceId::generate());
        within(outer, async {
            assert_eq!(current(), Some(outer));
            within(inner, async { assert_eq!(current(), Some(inner)) }).await;
            within_any(None, async { assert_eq!(current(), Some(outer)) }).await;
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_sent_on_reads_back() {
        let trace = TraceId::generate();
        let (parent, xray) = within(trace, async { (traceparent(), xray_header()) }).await;
        assert_eq!(read_traceparent(&parent.unwrap()), Some(trace));
        assert_eq!(read_xray_header(&xray.unwrap()), Some(trace));
    }

    #[test]
    fn a_later_version_is_read_and_a_broken_header_is_not() {
        let id = Some(TraceId::parse(ID).unwrap());
        for (good, read) in [
            (format!("00-{ID}-00f067aa0ba902b7-00"), id),
            (format!("cc-{ID}-00f067aa0ba902b7-01-later"), id),
            (format!("00-{ID}-00f067aa0ba902b7-01-later"), None),
            (format!("ff-{ID}-00f067aa0ba902b7-01"), None),
            (format!("00-{ID}-0000000000000000-01"), None),
            (format!("00-{}-00f067aa0ba902b7-01", ID.to_uppercase()), None),
            (format!("00-{ID}-00f067aa0ba902b7"), None),
            (String::new(), None),
        ] {
            assert_eq!(read_traceparent(&good), read, "{good}");
        }
    }

    #[test]
    fn an_xray_header_is_read_wherever_its_root_stands() {
        let id = TraceId::parse(ID).unwrap();
        let root = "Root=1-5759e988-bd862e3fe1be46a994272793";
        for good in [root.to_owned(), format!("Self=1-67891234-12456789abcdef012345678;{root}; Sampled=1")] {
            assert_eq!(read_xray_header(&good), Some(id), "{good}");
        }
        assert_eq!(read_xray_header("Parent=53995c3f42cd8ad8;Sampled=1"), None);
        let sampled = header_of(id, &format!("{root};Parent=53995c3f42cd8ad8;Sampled=0;Lineage=a:0"));
        assert_eq!(sampled, format!("{root};Sampled=0"));
        assert_eq!(header_of(id, ""), root);
    }
}
