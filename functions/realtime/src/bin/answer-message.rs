//! The function of [`realtime::answer_message`].

use realtime::answer_message::handle;
use realtime::socket;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    telemetry::init!();
    socket::answer(async |_, request| handle(request)).await
}
